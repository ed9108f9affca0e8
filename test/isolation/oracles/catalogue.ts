import type { TestDatabase } from '../../support/database.js';

/** What a column is to the writer of queries. */
export type Kind = 'uuid' | 'text' | 'int' | 'bool' | 'other';

export interface Column {
  name: string;
  /** As PostgreSQL writes it. */
  type: string;
  kind: Kind;
  isNullable: boolean;
  /** By the service's login. */
  isReadable: boolean;
  isWritable: boolean;
  /** No two tenants can have the same value: a random one, as the public half of an API key. */
  isGlobal: boolean;
}

export interface ForeignKey {
  /** Without `tenant_id`. */
  column: string;
  parent: string;
}

export interface Table {
  name: string;
  columns: Column[];
  foreignKeys: ForeignKey[];
}

export const readableOf = ({ columns }: Table): Column[] => columns.filter(({ isReadable }) => isReadable);

/** The tenant tables of a live database: a table that is added tomorrow is asked about tomorrow. */
export async function readCatalogue(database: TestDatabase): Promise<Table[]> {
  const [{ rows: columns }, { rows: keys }] = await Promise.all([
    database.query<ColumnRow>(COLUMNS),
    database.query<ForeignKey & { table: string }>(FOREIGN_KEYS),
  ]);
  const names = [...new Set(columns.map(({ table }) => table))];
  return names.map((name) => ({
    name,
    columns: columns
      .filter(({ table }) => table === name)
      .map((column) => ({ ...column, kind: kindOf(column.type) })),
    foreignKeys: keys.filter(({ table }) => table === name).map(({ column, parent }) => ({ column, parent })),
  }));
}

type ColumnRow = Omit<Column, 'kind'> & { table: string };

const COLUMNS = `
  SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, NULL) AS type, NOT a.attnotnull AS "isNullable",
    has_column_privilege('rowhouse_app', c.oid, a.attnum, 'SELECT') AS "isReadable",
    has_column_privilege('rowhouse_app', c.oid, a.attnum, 'INSERT') AS "isWritable",
    EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisunique AND indnkeyatts = 1 AND indkey[0] = a.attnum) AS "isGlobal"
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
    AND has_any_column_privilege('rowhouse_app', c.oid, 'SELECT, INSERT')
  ORDER BY c.relname, a.attnum`;

const FOREIGN_KEYS = `
  SELECT k.conrelid::regclass::text AS "table", a.attname AS column, k.confrelid::regclass::text AS parent
  FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[2]
  WHERE k.contype = 'f' AND cardinality(k.conkey) = 2
  ORDER BY 1, 2`;

function kindOf(type: string): Kind {
  if (type === 'uuid' || type === 'text') return type;
  if (type === 'boolean') return 'bool';
  return ['integer', 'smallint', 'bigint'].includes(type) ? 'int' : 'other';
}
