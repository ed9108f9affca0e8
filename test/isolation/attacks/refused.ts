/** Whose rows are attacked, and who attacks. */
export interface Parties {
  victim: string;
  attacker: string;
}

type Refusal = [attack: string, statement: (parties: Parties) => string, answer: string];

const READ = 'SELECT count(*) FROM notes';

/** Statements of the service's login in the attacker's transaction, each refused by the server itself: how the answer begins. */
export const REFUSED: Refusal[] = [
  ['TRUNCATE', () => 'TRUNCATE notes', '42501 permission denied for table notes'],
  ['TRUNCATE ... CASCADE', () => 'TRUNCATE notes CASCADE', '42501 permission denied for table'],
  ['COPY FROM', () => 'COPY notes FROM STDIN', '0A000 COPY FROM not supported with row-level security'],
  ['COPY FROM a file', () => `COPY notes FROM '/etc/hostname'`, '42501 '],
  ['COPY TO a program', () => `COPY notes TO PROGRAM 'cat'`, '42501 '],
  [
    'temporary tables',
    () => 'CREATE TEMP TABLE t (a int)',
    '42501 permission denied to create temporary tables',
  ],
  ['new tables', () => 'CREATE TABLE t (a int)', '42501 permission denied for schema public'],
  [
    'SELECT INTO',
    () => 'SELECT * INTO TEMP t FROM notes',
    '42501 permission denied to create temporary tables',
  ],
  ['new schemas', () => 'CREATE SCHEMA s', '42501 permission denied for database'],
  [
    'new functions',
    () => `CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    '42501 permission denied for schema public',
  ],
  ['code blocks', () => 'DO $$ BEGIN NULL; END $$', '42501 permission denied for language plpgsql'],
  ['large objects', () => 'SELECT lo_creat(-1)', '42501 permission denied for function lo_creat'],
  [
    'large objects from values',
    () => `SELECT lo_from_bytea(0, '')`,
    '42501 permission denied for function lo_from_bytea',
  ],
  [
    'files of the server',
    () => `SELECT lo_import('/etc/hostname')`,
    '42501 permission denied for function lo_import',
  ],
  [
    'reading files',
    () => `SELECT pg_read_file('/etc/hostname')`,
    '42501 permission denied for function pg_read_file',
  ],
  ['SET ROLE to the owner', () => 'SET ROLE rowhouse_owner', '42501 permission denied to set role'],
  [
    'SET LOCAL ROLE to the migrator',
    () => 'SET LOCAL ROLE rowhouse_migrator',
    '42501 permission denied to set role',
  ],
  ['SET ROLE to the control plane', () => 'SET ROLE rowhouse_control', '42501 permission denied to set role'],
  [
    'SET SESSION AUTHORIZATION',
    () => 'SET SESSION AUTHORIZATION rowhouse_control',
    '42501 permission denied to set session authorization',
  ],
  [
    'session_replication_role',
    () => 'SET session_replication_role = replica',
    '42501 permission denied to set parameter',
  ],
  [
    'switching row security off',
    () => 'ALTER TABLE notes DISABLE ROW LEVEL SECURITY',
    '42501 must be owner of table notes',
  ],
  ['another policy', () => 'CREATE POLICY p ON notes USING (true)', '42501 must be owner of table notes'],
  ['another helper', () => 'ALTER FUNCTION current_tenant_id() IMMUTABLE', '42501 must be owner of function'],
  [
    'rewriting the audit log',
    () => `UPDATE audit_log SET action = 'x'`,
    '42501 permission denied for table audit_log',
  ],
  [
    'locking what it cannot change',
    () => 'LOCK audit_log IN ACCESS EXCLUSIVE MODE',
    '42501 permission denied for table audit_log',
  ],
  [
    'signals',
    () => 'SELECT pg_terminate_backend(1)',
    '42501 permission denied for function pg_terminate_backend',
  ],
  [
    'session locks',
    () => 'SELECT pg_advisory_lock(1)',
    '42501 permission denied for function pg_advisory_lock',
  ],
  [
    'statistics of values',
    () => 'SELECT * FROM pg_statistic',
    '42501 permission denied for table pg_statistic',
  ],
  ['password hashes', () => 'SELECT * FROM pg_authid', '42501 permission denied for table pg_authid'],
  [
    'stacked statements',
    ({ victim }) => `SELECT 1; SET LOCAL app.tenant_id = '${victim}'`,
    '42601 cannot insert multiple commands',
  ],
];

/** Expressions that an injection could put into a query, each of which tries to become the victim. */
export const SWITCHES: [attack: string, statement: (parties: Parties) => string, answer: string][] = [
  [
    'set_config',
    ({ victim }) => `SELECT set_config('app.tenant_id', '${victim}', true)`,
    '42501 permission denied for function set_config',
  ],
  [
    'set_config in a filter',
    ({ victim }) =>
      `SELECT * FROM notes WHERE pg_catalog.set_config('app.tenant_id', '${victim}', true) IS NOT NULL`,
    '42501 permission denied for function set_config',
  ],
  [
    'set_config in an order',
    ({ victim }) => `SELECT * FROM notes ORDER BY (SELECT set_config('app.tenant_id', '${victim}', false))`,
    '42501 permission denied for function set_config',
  ],
  [
    'settings as a table',
    () => `UPDATE pg_settings SET setting = 'off' WHERE name = 'row_security'`,
    '42501 permission denied for function set_config',
  ],
  [
    'SQL in a value',
    () => `SELECT query_to_xml('${READ}', true, true, '')`,
    '42501 permission denied for function query_to_xml',
  ],
  [
    'SQL in a value, for a search',
    () => `SELECT * FROM ts_stat('SELECT NULL::tsvector')`,
    '42501 permission denied for function ts_stat',
  ],
  [
    'a utility in an expression',
    ({ victim }) => `SELECT (SET LOCAL app.tenant_id = '${victim}')`,
    '42601 syntax error',
  ],
  ['LISTEN in an expression', () => 'SELECT * FROM (LISTEN rowhouse_api_key) AS l', '42601 syntax error'],
];
