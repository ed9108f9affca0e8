import type { Mutant } from './mutants.js';

/** Logins that are the service's but for one thing; made and rolled back, since roles belong to the whole server. */
const login = (how: string) => `CREATE ROLE mutant LOGIN IN ROLE rowhouse_app ${how}`;
const inDatabase = (statement: string) =>
  `DO $$ BEGIN EXECUTE format('${statement}', current_database()); END $$`;

/** Of the server, the login, and what it reaches beside the tables. */
export const LOGIN_MUTANTS: Mutant[] = [
  ['A01', 'the server', 'SELECT 1', { serverVersion: 140_020 }],
  ['A01', 'the server', 'SELECT 1', { serverVersion: 190_000 }],
  ['A01', 'the server', 'SELECT 1', { serverVersion: 150_018 }],
  ['A01', 'the server', 'SELECT 1', { serverVersion: 160_014 }],
  ['A01', 'the server', 'SELECT 1', { serverVersion: 170_010 }],
  ['A01', 'the server', 'SELECT 1', { serverVersion: 180_005 }],
  ['A02', 'mutant', login('SUPERUSER'), { login: 'mutant' }],
  ['A02', 'mutant', login('BYPASSRLS'), { login: 'mutant' }],
  ['A02', 'mutant', login('CREATEROLE'), { login: 'mutant' }],
  ['A02', 'mutant', login('CREATEDB'), { login: 'mutant' }],
  ['A02', 'mutant', login('REPLICATION'), { login: 'mutant' }],
  ['A02', 'mutant', 'SELECT 1', { login: 'mutant' }],
  ...[
    'pg_read_all_data',
    'pg_write_all_data',
    'pg_monitor',
    'pg_signal_backend',
    'pg_read_server_files',
    'pg_write_server_files',
    'pg_execute_server_program',
  ].map((role): Mutant => [
    'A03',
    'mutant',
    `${login('')}; GRANT ${role} TO mutant`,
    // Whoever reads or writes everything has privileges on all that has no row security.
    { login: 'mutant', also: ['A05', 'A07', 'A10', 'A13', 'A14', 'A15', 'A16', 'A23', 'A26', 'A12', 'A11'] },
  ]),
  ['A03', 'mutant', `${login('')}; GRANT pg_maintain TO mutant`, { login: 'mutant', since: 17 }],
  [
    'A03',
    'mutant',
    `${login('')}; CREATE ROLE between; CREATE ROLE strong CREATEDB; GRANT strong TO between; GRANT between TO mutant`,
    { login: 'mutant' },
  ],
  [
    'A04',
    'mutant',
    `${login('')}; GRANT CREATE ON SCHEMA public TO mutant; CREATE TABLE plans (id int); ALTER TABLE plans OWNER TO mutant`,
    { login: 'mutant', also: ['A05', 'A07', 'A10', 'A13', 'A17', 'A21', 'A26'] },
  ],
  [
    'A04',
    'mutant',
    `${login('')}; ${inDatabase('ALTER DATABASE %I OWNER TO mutant')}`,
    { login: 'mutant', also: ['A21'] },
  ],
  [
    'A04',
    'mutant',
    `${login('')}; CREATE SCHEMA own AUTHORIZATION mutant`,
    { login: 'mutant', also: ['A21'] },
  ],
  [
    'A04',
    'mutant',
    `${login('')}; CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION one() OWNER TO mutant`,
    { login: 'mutant' },
  ],
  [
    'A04',
    'mutant',
    `${login('NOINHERIT')}; GRANT rowhouse_owner TO mutant`,
    { login: 'mutant', also: ['A05', 'A07', 'A10', 'A12', 'A13', 'A14', 'A17', 'A18', 'A21', 'A23', 'A26'] },
  ],
  ['A22', 'set_config', 'GRANT EXECUTE ON FUNCTION set_config(text, text, boolean) TO rowhouse_app'],
  ['A22', 'large objects', 'GRANT EXECUTE ON FUNCTION lo_get(oid) TO PUBLIC'],
  [
    'A22',
    'session advisory locks',
    'GRANT EXECUTE ON FUNCTION pg_try_advisory_lock_shared(int, int) TO rowhouse_app',
  ],
  ['A22', 'signals', 'GRANT EXECUTE ON FUNCTION pg_terminate_backend(int, bigint) TO rowhouse_app'],
  [
    'A22',
    'queries in text',
    'GRANT EXECUTE ON FUNCTION query_to_xml(text, boolean, boolean, text) TO rowhouse_app',
  ],
  ['A22', 'queries in text', 'GRANT EXECUTE ON FUNCTION ts_stat(text) TO rowhouse_app'],
  ['A22', 'sleeping', 'GRANT EXECUTE ON FUNCTION pg_sleep(double precision) TO rowhouse_app'],
  ['A22', 'language plpgsql', 'GRANT USAGE ON LANGUAGE plpgsql TO rowhouse_app'],
  ['A23', 'numbers', 'CREATE SEQUENCE numbers; GRANT USAGE ON SEQUENCE numbers TO rowhouse_app'],
  ['A23', 'numbers', 'CREATE SEQUENCE numbers; GRANT SELECT ON SEQUENCE numbers TO PUBLIC'],
  ['A24', 'publication mirror', 'CREATE PUBLICATION mirror FOR ALL TABLES'],
  ['A24', 'publication mirror', 'CREATE PUBLICATION mirror FOR TABLE notes'],
  ['A24', 'publication mirror', 'CREATE PUBLICATION mirror FOR TABLES IN SCHEMA public'],
  ['A24', 'large objects', 'SELECT lo_create(0)'],
  [
    'A25',
    'ROLE rowhouse_app IN DATABASE',
    inDatabase('ALTER ROLE rowhouse_app IN DATABASE %I SET row_security = off'),
  ],
  [
    'A25',
    'ROLE rowhouse_app IN DATABASE',
    inDatabase('ALTER ROLE rowhouse_app IN DATABASE %I SET session_replication_role = replica'),
  ],
  [
    'A25',
    'ROLE mutant',
    `${login('')}; ALTER ROLE mutant SET app.tenant_id = '00000000-0000-0000-0000-000000000001'`,
    { login: 'mutant' },
  ],
  [
    'A25',
    'DATABASE',
    inDatabase('ALTER DATABASE %I SET app.tenant_id = $x$00000000-0000-0000-0000-000000000001$x$'),
  ],
];
