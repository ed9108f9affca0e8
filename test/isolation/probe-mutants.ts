const bothPolicies = (clause: string) =>
  `ALTER POLICY notes_tenant ON notes ${clause}; ALTER POLICY notes_floor ON notes ${clause}`;
const contextThat = (body: string) =>
  `CREATE OR REPLACE FUNCTION current_tenant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS '${body}'`;
const login = (how: string) => `CREATE ROLE mutant LOGIN IN ROLE rowhouse_app${how}`;

/** What the live probe must notice without a look at the catalogue: the object, the SQL, whom it logs in as. */
export const PROBE_MUTANTS: [object: string, sql: string, login?: string][] = [
  ['notes', 'ALTER TABLE notes DISABLE ROW LEVEL SECURITY'],
  ['notes', bothPolicies('USING (true)')],
  ['notes', bothPolicies('WITH CHECK (true)')],
  ['notes', bothPolicies(`USING (tenant_id::text = COALESCE(current_setting('app.tenant_id', true), ''))`)],
  ['notes', 'GRANT UPDATE (tenant_id) ON notes TO rowhouse_app'],
  ['notes', contextThat(`SELECT NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid`)],
  ['notes', contextThat(`SELECT ''11111111-1111-4111-8111-111111111111''::uuid`)],
  ['current_tenant_id()', 'ALTER FUNCTION current_tenant_id() IMMUTABLE'],
  ['notes', 'ALTER FUNCTION current_tenant_id() IMMUTABLE'],
  ['comments', `${login('')}; ALTER ROLE mutant BYPASSRLS`, 'mutant'],
  ['rowhouse_owner', login(', rowhouse_owner'), 'mutant'],
  ['rowhouse_migrator', login(', rowhouse_migrator'), 'mutant'],
];
