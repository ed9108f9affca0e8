import { type SnapshotTable, isTenantTable } from '../folder/snapshot.js';

type Table = Pick<SnapshotTable, 'name' | 'compositePrimaryKeys'> & { columns: object };
interface Tables {
  tables: Record<string, Table>;
}

/** `securityBlock()` of the database room. */
export type SecurityBlock = (table: string, columns: string[]) => string[];

/**
 * The row security that a step from `before` to `after` owes, as statements without a semicolon. For a new tenant table its
 * whole wall. For a new column of a known one the right to change it: UPDATE is granted column by column, and without it
 * every update of that column would be refused. Take the line out of the step where rows of the table are written once.
 */
export function securityOf(before: Tables, after: Tables, securityBlock: SecurityBlock): string[] {
  return Object.entries(after.tables).flatMap(([key, table]) => {
    if (!isTenantTable(table)) return [];
    const { name, columns } = table;
    const known = before.tables[key];
    const added = Object.keys(columns).filter((column) => !known || !(column in known.columns));
    if (!known || !isTenantTable(known)) return securityBlock(name, Object.keys(columns));
    if (added.length === 0) return [];
    return [`GRANT UPDATE (${added.map((column) => `"${column}"`).join(', ')}) ON "${name}" TO rowhouse_app`];
  });
}
