/** A wall that is taken down, in SQL. */
export interface BrokenWall {
  name: string;
  sql: string;
}

/** Each is one change that a migration could make by mistake. */
export const BROKEN_WALLS: BrokenWall[] = [
  { name: 'row security is off', sql: 'ALTER TABLE notes DISABLE ROW LEVEL SECURITY' },
  { name: 'both policies show everything', sql: policies('USING (true)') },
  { name: 'both policies take rows of anybody', sql: policies('WITH CHECK (true)') },
  {
    name: 'the permissive policy takes rows of anybody',
    sql: 'ALTER POLICY notes_tenant ON notes WITH CHECK (true)',
  },
  { name: 'the permissive policy is gone', sql: 'DROP POLICY notes_tenant ON notes' },
  {
    name: 'the floor is gone and the other shows everything',
    sql: 'DROP POLICY notes_floor ON notes; ALTER POLICY notes_tenant ON notes USING (true)',
  },
  {
    name: 'the helper is IMMUTABLE',
    sql: 'ALTER FUNCTION current_tenant_id() IMMUTABLE',
  },
  {
    name: 'the helper answers NULL where there is no tenant',
    sql: `CREATE OR REPLACE FUNCTION current_tenant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
      AS $$ SELECT nullif(current_setting('app.tenant_id', true), '')::uuid $$`,
  },
  { name: 'tenant_id may be changed', sql: 'GRANT UPDATE (tenant_id) ON notes TO rowhouse_app' },
  {
    name: 'a foreign key forgets the tenant',
    sql: `ALTER TABLE notes ADD UNIQUE (id);
      ALTER TABLE comments DROP CONSTRAINT comments_note_fkey, ADD CONSTRAINT comments_note_fkey FOREIGN KEY (note_id) REFERENCES notes (id)`,
  },
  { name: 'a foreign key is gone', sql: 'ALTER TABLE comments DROP CONSTRAINT comments_note_fkey' },
  { name: 'a unique index forgets the tenant', sql: 'CREATE UNIQUE INDEX ON notes (title)' },
  {
    name: 'a primary key forgets the tenant',
    sql: 'ALTER TABLE comments DROP CONSTRAINT comments_pkey, ADD PRIMARY KEY (id)',
  },
  { name: 'a table of the platform is granted', sql: 'GRANT SELECT ON users TO rowhouse_app' },
  { name: 'a table of the control plane is granted', sql: 'GRANT SELECT ON tenant_domains TO rowhouse_app' },
  {
    name: 'a new table has no row security',
    sql: 'CREATE TABLE plans (LIKE notes INCLUDING ALL, FOREIGN KEY (tenant_id) REFERENCES tenants); GRANT SELECT ON plans TO rowhouse_app',
  },
  {
    name: 'a new table has no tenant',
    sql: 'CREATE TABLE plans (id uuid PRIMARY KEY); GRANT SELECT ON plans TO rowhouse_app',
  },
  {
    name: 'a new table holds what nobody can make up',
    sql: `CREATE TABLE plans (LIKE notes INCLUDING ALL, place point NOT NULL, FOREIGN KEY (tenant_id) REFERENCES tenants)`,
  },
  { name: 'everybody may read', sql: 'GRANT SELECT ON notes TO PUBLIC' },
  { name: 'the control plane may read more', sql: 'GRANT SELECT (title) ON notes TO rowhouse_control' },
];

function policies(predicate: string): string {
  return ['notes_floor', 'notes_tenant']
    .map((name) => `ALTER POLICY ${name} ON notes ${predicate}`)
    .join('; ');
}
