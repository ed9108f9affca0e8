import { foreignKey, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import type {
  PgColumnBuilderBase,
  PgTable,
  PgTableExtraConfigValue,
  PgTableWithColumns,
} from 'drizzle-orm/pg-core';
import type { BuildColumns, BuildExtraConfigColumns } from 'drizzle-orm';
import { getTableName } from 'drizzle-orm';
import { id, timestamps } from './columns.js';
import { tenants } from './tenants.schema.js';

/** The columns every tenant table has: the wall (`tenant_id`), the id, and the three timestamps. */
export const tenantFields = () => ({
  tenantId: uuid('tenant_id').notNull(),
  id: id().notNull(),
  ...timestamps(),
});

type TenantFields = ReturnType<typeof tenantFields>;
type WithFields<C> = C & TenantFields;
type Table<N extends string, C extends Record<string, PgColumnBuilderBase>> = PgTableWithColumns<{
  name: N;
  schema: undefined;
  columns: BuildColumns<N, WithFields<C>, 'pg'>;
  dialect: 'pg';
}>;

const declared = new Map<string, PgTable>();

/**
 * A table whose rows belong to tenants: primary key `(tenant_id, id)`, foreign key to `tenants`, timestamps.
 * `npm run db:generate` appends its row security (ENABLE, FORCE, floor, policy, grants) to the migration that creates it.
 * Lead every unique index and foreign key in `constraints` with `tenantId`; `test/isolation` refuses others.
 */
export function tenantTable<N extends string, C extends Record<string, PgColumnBuilderBase>>(
  name: N,
  columns: C,
  constraints: (t: BuildExtraConfigColumns<N, WithFields<C>, 'pg'>) => PgTableExtraConfigValue[] = () => [],
): Table<N, WithFields<C>> {
  const table = pgTable(name, { ...tenantFields(), ...columns }, (t) => {
    const { tenantId, id: rowId } = t as unknown as BuildExtraConfigColumns<N, TenantFields, 'pg'>;
    return [
      primaryKey({ name: `${name}_pkey`, columns: [tenantId, rowId] }),
      foreignKey({ name: `${name}_tenant_fkey`, columns: [tenantId], foreignColumns: [tenants.id] }),
      ...constraints(t),
    ];
  });
  declared.set(name, table);
  return table;
}

/** The names of the tenant tables among the tables and relations of a schema. */
export const tenantTablesAmong = (schema: Record<string, unknown>): string[] =>
  [...declared.values()]
    .filter((table) => Object.values(schema).includes(table))
    .map(getTableName)
    .sort();

/** The names of all tables declared with `tenantTable()` so far: what the live catalogue must match. */
export const declaredTenantTables = (): string[] => [...declared.values()].map(getTableName).sort();
