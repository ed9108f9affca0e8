/** What breaks a rule: the rule, the object that it must name, the SQL; and what else must not surprise. */
export type Mutant = [rule: string, object: string, sql: string, options?: MutantOptions];

export interface MutantOptions {
  /** Rules that it breaks as well. */
  also?: string[];
  /** Whom the audit takes for the login of the service. */
  login?: string;
  serverVersion?: number;
  /** The first major that knows this SQL. */
  since?: number;
}

/** Of the tables, their keys, policies and functions. */
export const WALL_MUTANTS: Mutant[] = [
  ['A05', 'notes', 'ALTER TABLE notes DISABLE ROW LEVEL SECURITY'],
  [
    'A05',
    'plans',
    'CREATE TABLE plans (id int); GRANT SELECT (id) ON plans TO rowhouse_app',
    { also: ['A07', 'A10', 'A26'] },
  ],
  ['A06', 'notes', 'ALTER TABLE notes NO FORCE ROW LEVEL SECURITY'],
  ['A07', 'notes', 'DROP POLICY notes_floor ON notes'],
  ['A07', 'notes', 'ALTER POLICY notes_tenant ON notes USING (tenant_id IS NOT NULL)'],
  ['A07', 'notes', 'ALTER POLICY notes_tenant ON notes TO rowhouse_control'],
  ['A07', 'notes', 'CREATE POLICY extra ON notes FOR SELECT TO PUBLIC USING (rank > 0)'],
  [
    'A07',
    'notes',
    `CREATE SCHEMA other; CREATE FUNCTION other.current_tenant_id() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()';
     SET LOCAL search_path = other, public; DROP POLICY notes_tenant ON notes;
     CREATE POLICY notes_tenant ON notes TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id())`,
    { also: ['A21'] },
  ],
  ['A08', 'notes', 'CREATE POLICY open ON notes FOR SELECT TO rowhouse_app USING (true)', { also: ['A07'] }],
  ['A08', 'notes', 'CREATE POLICY closed ON notes FOR SELECT TO rowhouse_app', { also: ['A07'] }],
  ['A09', 'current_tenant_id()', 'ALTER FUNCTION current_tenant_id() IMMUTABLE'],
  ['A09', 'current_tenant_id()', 'ALTER FUNCTION current_tenant_id() PARALLEL UNSAFE'],
  ['A09', 'current_tenant_id()', 'ALTER FUNCTION current_tenant_id() RESET search_path'],
  ['A09', 'current_tenant_id()', 'ALTER FUNCTION current_tenant_id() OWNER TO rowhouse_control'],
  ['A09', 'current_tenant_id()', 'ALTER FUNCTION current_tenant_id() SECURITY DEFINER', { also: ['A18'] }],
  [
    'A09',
    'current_tenant_id()',
    `CREATE OR REPLACE FUNCTION current_tenant_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog AS 'SELECT gen_random_uuid()'`,
  ],
  ['A09', 'current_tenant_id()', 'ALTER FUNCTION current_tenant_id() RENAME TO gone', { also: ['A07'] }],
  ['A10', 'notes', 'ALTER TABLE notes DROP COLUMN tenant_id CASCADE', { also: ['A07', 'A12'] }],
  [
    'A10',
    'notes',
    'ALTER TABLE notes DROP CONSTRAINT notes_pkey CASCADE; ALTER TABLE notes ALTER tenant_id DROP NOT NULL',
    { also: ['A13'] },
  ],
  ['A10', 'notes', 'ALTER TABLE notes DROP CONSTRAINT notes_tenant_id_fkey'],
  ['A10', 'notes', 'GRANT UPDATE ON notes TO rowhouse_app'],
  ['A10', 'notes', 'GRANT UPDATE (tenant_id) ON notes TO rowhouse_app'],
  [
    'A11',
    'comments',
    `ALTER TABLE notes ADD COLUMN alias uuid UNIQUE; COMMENT ON INDEX notes_alias_key IS 'unique across tenants: test';
     ALTER TABLE comments ADD FOREIGN KEY (note_id) REFERENCES notes (alias)`,
  ],
  [
    'A11',
    'comments',
    `ALTER TABLE comments DROP CONSTRAINT comments_note_fkey,
       ADD FOREIGN KEY (tenant_id, note_id) REFERENCES notes (tenant_id, id) ON DELETE SET NULL`,
  ],
  [
    'A11',
    'comments',
    `ALTER TABLE comments ADD FOREIGN KEY (tenant_id, note_id) REFERENCES notes (tenant_id, id) ON UPDATE CASCADE`,
  ],
  ['A12', 'notes', 'CREATE UNIQUE INDEX ON notes (title)'],
  ['A12', 'notes', 'CREATE UNIQUE INDEX ON notes (title) INCLUDE (tenant_id)'],
  ['A12', 'notes', 'ALTER TABLE notes ADD EXCLUDE USING btree (title WITH =)'],
  ['A12', 'api_keys', 'COMMENT ON INDEX api_keys_public_id IS NULL'],
  [
    'A13',
    'notes',
    'ALTER TABLE notes DROP CONSTRAINT notes_pkey CASCADE; ALTER TABLE notes ADD PRIMARY KEY (id, tenant_id)',
  ],
  [
    'A14',
    'all_notes',
    'CREATE VIEW all_notes AS SELECT * FROM notes; GRANT SELECT ON all_notes TO rowhouse_app',
  ],
  [
    'A14',
    'all_notes',
    'CREATE VIEW all_notes WITH (security_invoker = off) AS SELECT * FROM notes; GRANT SELECT (title) ON all_notes TO rowhouse_app',
  ],
  [
    'A15',
    'all_notes',
    'CREATE MATERIALIZED VIEW all_notes AS SELECT 1 AS one; GRANT SELECT ON all_notes TO rowhouse_app',
  ],
  [
    'A15',
    'all_notes',
    'CREATE MATERIALIZED VIEW all_notes AS SELECT 1 AS one; GRANT SELECT ON all_notes TO PUBLIC',
    { also: ['A17'] },
  ],
  ['A16', 'old_notes', 'CREATE TABLE old_notes () INHERITS (notes)', { also: ['A30'] }],
  [
    'A16',
    'old_notes',
    'CREATE TABLE old_notes () INHERITS (comments); ALTER TABLE old_notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; GRANT SELECT ON old_notes TO rowhouse_app',
  ],
  [
    'A07',
    'notes',
    'CREATE TABLE nobody (tenant_id uuid NOT NULL); ALTER TABLE notes INHERIT nobody; ALTER POLICY notes_tenant ON notes USING (tenant_id IS NOT NULL)',
  ],
  [
    'A26',
    'plans',
    `CREATE TABLE nobody (tenant_id uuid NOT NULL); CREATE TABLE plans () INHERITS (nobody); GRANT SELECT ON plans TO rowhouse_app;
     ALTER TABLE plans ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
    { also: ['A07', 'A10', 'A13'] },
  ],
  ['A17', 'notes', 'GRANT TRUNCATE ON notes TO rowhouse_app'],
  ['A17', 'notes', 'GRANT REFERENCES ON notes TO rowhouse_app'],
  ['A17', 'notes', 'GRANT TRIGGER ON notes TO rowhouse_app'],
  ['A17', 'notes', 'GRANT SELECT ON notes TO rowhouse_app WITH GRANT OPTION'],
  ['A17', 'notes.title', 'GRANT SELECT (title) ON notes TO PUBLIC'],
  [
    'A18',
    'all_titles()',
    `CREATE FUNCTION all_titles() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS 'SELECT title FROM notes'`,
  ],
  [
    'A18',
    'all_titles()',
    `CREATE FUNCTION all_titles() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT title FROM public.notes'`,
  ],
  [
    'A19',
    'peek(text)',
    `CREATE FUNCTION peek(text) RETURNS text LANGUAGE sql IMMUTABLE LEAKPROOF AS 'SELECT $1'`,
  ],
  [
    'A19',
    'notes',
    `CREATE FUNCTION act() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER act BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION act()`,
  ],
  ['A19', 'notes', 'CREATE RULE quiet AS ON DELETE TO notes DO INSTEAD NOTHING'],
  [
    'A20',
    'schema public',
    'ALTER DEFAULT PRIVILEGES FOR ROLE rowhouse_migrator IN SCHEMA public GRANT SELECT ON TABLES TO rowhouse_app',
  ],
  [
    'A20',
    'the database',
    'ALTER DEFAULT PRIVILEGES FOR ROLE rowhouse_owner GRANT SELECT ON TABLES TO PUBLIC',
  ],
  ['A21', 'schema public', 'GRANT CREATE ON SCHEMA public TO PUBLIC'],
  [
    'A21',
    'database',
    `DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO rowhouse_app', current_database()); END $$`,
  ],
  [
    'A21',
    'database',
    `DO $$ BEGIN EXECUTE format('GRANT TEMP ON DATABASE %I TO PUBLIC', current_database()); END $$`,
  ],
  ['A26', 'notes', 'ALTER TABLE notes RENAME TO papers'],
  ['A26', 'comments', 'DROP TABLE comments'],
  ['A30', 'notes.metadata', 'ALTER TABLE notes DROP CONSTRAINT notes_metadata_clean'],
  ['A30', 'tenants.settings', 'COMMENT ON COLUMN tenants.settings IS NULL'],
  ['A30', 'tenants.settings', `COMMENT ON COLUMN tenants.settings IS 'jsonb exempt: '`],
  ['A30', 'comments.extra', 'ALTER TABLE comments ADD COLUMN extra json[]'],
  [
    'A30',
    'notes.metadata',
    'ALTER TABLE notes DROP CONSTRAINT notes_metadata_clean, ADD CONSTRAINT notes_metadata_clean CHECK (metadata_is_clean(metadata) OR rank > 5)',
  ],
  [
    'A31',
    'metadata_is_clean(jsonb)',
    `CREATE OR REPLACE FUNCTION metadata_is_clean(metadata jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog AS 'SELECT true'`,
  ],
  [
    'A10',
    'notes',
    'ALTER TABLE notes DROP CONSTRAINT notes_pkey CASCADE; ALTER TABLE notes ALTER tenant_id DROP NOT NULL; ALTER TABLE notes ADD CONSTRAINT filled NOT NULL tenant_id NOT VALID',
    { also: ['A13'], since: 18 },
  ],
  ['A17', 'notes', 'GRANT MAINTAIN ON notes TO rowhouse_app', { since: 17 }],
];
