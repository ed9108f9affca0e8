/** A way to run SQL past every wall, as a superuser. */
export type AsAdmin = (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

export interface Column {
  name: string;
  type: string;
  /** Must an INSERT name it? */
  isRequired: boolean;
  /** Labels of an enumeration, and texts that a CHECK compares it with. */
  literals: string[];
}

export interface ForeignKey {
  name: string;
  columns: string[];
  parent: string;
  parentColumns: string[];
}

/** A table as the live catalogue knows it: nothing of it comes from the code. */
export interface Table {
  /** As SQL names it. */
  name: string;
  schema: string;
  /** Without its schema, as messages call it. */
  label: string;
  columns: Column[];
  primaryKey: string[];
  foreignKeys: ForeignKey[];
  /** Columns that a comment on a unique index allows to be unique across tenants. */
  uniqueAcrossTenants: string[];
}

/** Every table outside of PostgreSQL's own schemas, parents before their children. */
export async function readTables(asAdmin: AsAdmin): Promise<Table[]> {
  const { rows } = await asAdmin(TABLES);
  return parentsFirst(rows as unknown as Table[]);
}

export const isOfTenants = ({ columns }: Table): boolean => columns.some(({ name }) => name === 'tenant_id');

/** `"table"."column"` of what a role may do, by kind of privilege. */
export interface Privileges {
  can(privilege: 'SELECT' | 'INSERT' | 'UPDATE', table: Table, column: string): boolean;
  canDelete(table: Table): boolean;
  canUse(schema: string): boolean;
}

/** What PostgreSQL itself says that a role may do, through whatever grant, membership or PUBLIC. */
export async function readPrivileges(asAdmin: AsAdmin, role: string): Promise<Privileges> {
  const { rows } = await asAdmin(PRIVILEGES, [role]);
  const held = new Set(rows.map(({ privilege, name }) => `${String(privilege)} ${String(name)}`));
  return {
    can: (privilege, { name }, column) => held.has(`${privilege} ${name}.${column}`),
    canDelete: ({ name }) => held.has(`DELETE ${name}`),
    canUse: (schema) => held.has(`USAGE ${schema}`),
  };
}

/** `table.column` of each uuid in a tenant's row, `id` apart, that no foreign key leads by the tenant or to people. */
export const looseReferences = (tables: Table[]): string[] =>
  tables.filter(isOfTenants).flatMap(({ label, columns, foreignKeys }) => {
    const held = new Set(foreignKeys.flatMap((key) => key.columns));
    const loose = columns.filter(({ name, type }) => type === 'uuid' && name !== 'id' && !held.has(name));
    return loose.map(({ name }) => `${label}.${name}`);
  });

/** What a role may do with the tables of tenants, in the words of GRANT; UPDATE without columns means all. */
export async function grantsOf(asAdmin: AsAdmin, role: string): Promise<Record<string, string>> {
  const { rows } = await asAdmin(GRANTS, [role]);
  return Object.fromEntries(rows.map(({ table, grants }) => [String(table), String(grants)]));
}

/** The roles, PUBLIC too, that may do anything with a table that has a `tenant_id`, apart from those that own or bypass all. */
export async function rolesWithTenants(asAdmin: AsAdmin): Promise<string[]> {
  const { rows } = await asAdmin(ROLES);
  return rows.map(({ role }) => String(role));
}

function parentsFirst(tables: Table[]): Table[] {
  const sorted = new Map<string, Table>();
  const visit = (table: Table, path: string[]) => {
    if (sorted.has(table.name) || path.includes(table.name)) return;
    for (const { parent } of table.foreignKeys) {
      const found = tables.find(({ name }) => name === parent);
      if (found) visit(found, [...path, table.name]);
    }
    sorted.set(table.name, table);
  };
  for (const table of tables) visit(table, []);
  return [...sorted.values()];
}

const USER_TABLES = `
  user_table AS (
    SELECT c.oid, c.relname, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')`;

const namesOf = (table: string, keys: string) => `
  (SELECT COALESCE(json_agg(a.attname ORDER BY k.at), '[]') FROM unnest(${keys}) WITH ORDINALITY AS k (attnum, at)
   JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.attnum)`;

const TABLES = `
WITH ${USER_TABLES}
SELECT t.oid::regclass::text AS name, t.nspname AS schema, t.relname AS label,
  (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(COALESCE(NULLIF(y.typbasetype, 0), y.oid), NULL),
      'isRequired', (a.attnotnull OR y.typnotnull) AND NOT a.atthasdef AND a.attidentity = '',
      'literals', (SELECT COALESCE(json_agg(literal), '[]') FROM (
          SELECT enumlabel AS literal FROM pg_enum WHERE enumtypid = y.oid
          UNION ALL
          SELECT found[1] FROM pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''::text', 'g') AS found
          WHERE c.contype = 'c' AND (c.conrelid = t.oid AND c.conkey = ARRAY[a.attnum] AND pg_get_constraintdef(c.oid) ~ '= (ANY|'')' OR c.contypid = y.oid)
        ) AS of_column)) ORDER BY a.attnum)
   FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
   WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity <> 'a') AS columns,
  (SELECT COALESCE((SELECT ${namesOf('t.oid', 'c.conkey')} FROM pg_constraint c WHERE c.contype = 'p' AND c.conrelid = t.oid), '[]')) AS "primaryKey",
  (SELECT COALESCE(json_agg(json_build_object('name', c.conname, 'parent', c.confrelid::regclass::text,
      'columns', ${namesOf('t.oid', 'c.conkey')}, 'parentColumns', ${namesOf('c.confrelid', 'c.confkey')}) ORDER BY c.conname), '[]')
   FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = t.oid) AS "foreignKeys",
  (SELECT COALESCE(json_agg(a.attname), '[]') FROM pg_index i JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey::int2[])
   WHERE i.indrelid = t.oid AND i.indisunique AND obj_description(i.indexrelid, 'pg_class') ~ '^unique across tenants: \\S') AS "uniqueAcrossTenants"
FROM user_table t ORDER BY 1`;

const PRIVILEGES = `
WITH ${USER_TABLES}
SELECT privilege, t.oid::regclass::text || '.' || a.attname AS name
FROM user_table t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped,
     unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) AS privilege
WHERE has_column_privilege($1, t.oid, a.attnum, privilege)
UNION ALL
SELECT 'DELETE', t.oid::regclass::text FROM user_table t WHERE has_table_privilege($1, t.oid, 'DELETE')
UNION ALL
SELECT 'USAGE', nspname FROM pg_namespace WHERE has_schema_privilege($1, oid, 'USAGE')`;

const GRANTS = `
WITH ${USER_TABLES}
SELECT t.relname AS table, string_agg(CASE WHEN is_whole THEN privilege ELSE format('%s (%s)', privilege, columns) END, ', ' ORDER BY at) AS grants
FROM user_table t, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) WITH ORDINALITY AS p (privilege, at),
  LATERAL (SELECT has_table_privilege($1, t.oid, privilege) AS is_whole) AS w,
  LATERAL (SELECT string_agg(attname, ', ' ORDER BY attname) AS columns FROM pg_attribute
           WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped AND privilege <> 'DELETE'
             AND has_column_privilege($1, t.oid, attnum, replace(privilege, 'DELETE', 'SELECT'))) AS c
WHERE (is_whole OR columns IS NOT NULL)
  AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = t.oid AND attname = 'tenant_id' AND NOT attisdropped)
GROUP BY t.relname ORDER BY 1`;

const ROLES = `
WITH ${USER_TABLES}, tenant_table AS (
  SELECT t.* FROM user_table t WHERE EXISTS (SELECT FROM pg_attribute WHERE attrelid = t.oid AND attname = 'tenant_id' AND NOT attisdropped))
SELECT DISTINCT r.rolname AS role FROM pg_roles r, tenant_table t
WHERE NOT r.rolsuper AND NOT r.rolbypassrls AND r.rolname !~ '^pg_' AND r.rolname <> 'rowhouse_owner'
  AND (has_any_column_privilege(r.oid, t.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
    OR has_table_privilege(r.oid, t.oid, 'DELETE, TRUNCATE, TRIGGER'))
UNION
SELECT 'PUBLIC' FROM tenant_table t JOIN pg_class c ON c.oid = t.oid
WHERE EXISTS (SELECT FROM aclexplode(c.relacl) WHERE grantee = 0)
   OR EXISTS (SELECT FROM pg_attribute a, aclexplode(a.attacl) WHERE a.attrelid = t.oid AND grantee = 0)
ORDER BY 1`;
