/** What drizzle-kit notes of the schema after each step (format 7); the parts this room reads. Keys are `schema.table`. */
export interface Snapshot {
  id: string;
  prevId: string;
  tables: Record<string, SnapshotTable>;
  enums: Record<string, { name: string; schema: string; values: string[] }>;
}

export interface SnapshotTable {
  name: string;
  /** Empty: public. */
  schema: string;
  columns: Record<string, SnapshotColumn>;
  indexes: Record<
    string,
    {
      name: string;
      columns: { expression: string; isExpression: boolean }[];
      isUnique: boolean;
      /** Of a partial index. */
      where?: string;
    }
  >;
  foreignKeys: Record<
    string,
    {
      name: string;
      tableFrom: string;
      tableTo: string;
      columnsFrom: string[];
      columnsTo: string[];
      onDelete?: string;
    }
  >;
  compositePrimaryKeys: Record<string, { name: string; columns: string[] }>;
  uniqueConstraints: Record<string, { name: string; columns: string[] }>;
  checkConstraints: Record<string, { name: string; value: string }>;
  policies: Record<string, unknown>;
}

export interface SnapshotColumn {
  name: string;
  /** As drizzle writes it: `timestamp(3) with time zone`, `varchar(20)`, `numeric(10, 2)`. */
  type: string;
  primaryKey: boolean;
  notNull: boolean;
  default?: unknown;
}

/** Before the first step. */
export const emptySnapshot: Snapshot = { id: '', prevId: '', tables: {}, enums: {} };

/**
 * A table whose primary key is led by `tenant_id`, as `tenantTable()` declares it. A table of the control plane may name
 * a tenant too, but `rowhouse_app` has no right to it.
 */
export const isTenantTable = ({
  compositePrimaryKeys,
}: Pick<SnapshotTable, 'compositePrimaryKeys'>): boolean =>
  Object.values(compositePrimaryKeys).some(({ columns }) => columns[0] === 'tenant_id');
