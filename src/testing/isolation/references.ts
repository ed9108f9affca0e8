import { getTableColumns, getTableName } from 'drizzle-orm';
import { type PgColumn, type PgTable, getTableConfig } from 'drizzle-orm/pg-core';
import type { IsolatedPlace, Row } from './isolated-place.js';
import { refusal } from './refusal.js';

const FOREIGN_KEY_VIOLATION = '23503';

/** Rows of the stranger, whose references name what the owner's row refers to: one at a time. */
export async function referencesAcross(place: IsolatedPlace): Promise<string[]> {
  const { as, db, table, owner, stranger, further } = place;
  const faults: string[] = [];
  for (const { to, keys } of referencesOf(table)) {
    const theirs = Object.fromEntries(keys.map((key) => [key, owner.row[key]]));
    if (Object.values(theirs).includes(null)) {
      faults.push(`row() leaves the reference to ${to} empty, so that nothing of it could be tried`);
      continue;
    }
    const values: Row = { ...(await further()), ...theirs };
    faults.push(
      ...(await refusal(
        as(stranger.tenantId, () => db.insert(table).values(values)),
        FOREIGN_KEY_VIOLATION,
        `a row refers to another tenant's ${to}`,
      )),
    );
  }
  return faults;
}

/** Those to rows of tenants: led by the tenant on both sides, and by what names the row. */
function referencesOf(table: PgTable): { to: string; keys: string[] }[] {
  // By name: the columns of a foreign key are other objects than those of the table.
  const keyOf = new Map(Object.entries(getTableColumns(table)).map(([key, { name }]) => [name, key]));
  return getTableConfig(table).foreignKeys.flatMap((foreignKey) => {
    const { columns, foreignColumns, foreignTable } = foreignKey.reference();
    if (!foreignColumns.some(isOfTenants)) return [];
    const keys = columns.filter((column) => !isOfTenants(column)).map((column) => keyOf.get(column.name)!);
    return keys.length > 0 ? [{ to: getTableName(foreignTable), keys }] : [];
  });
}

const isOfTenants = (column: PgColumn) => column.name === 'tenant_id';
