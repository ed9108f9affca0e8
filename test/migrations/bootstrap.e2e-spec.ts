import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import {
  bootstrapDatabase,
  bootstrapRoles,
  migrate,
  migrationStatus,
  withClient,
} from '../../src/migrations/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { testRun } from '../support/test-run.js';
import { runCli } from '../support/run-cli.js';

describe('bootstrap', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const as = (connectionString: string, text: string) =>
    withClient(
      { connectionString },
      async (client) => (await client.query(text)).rows as Record<string, unknown>[],
    );

  it('gives the four roles exactly these attributes', async () => {
    const { rows } = await database.query(`
      SELECT rolname, rolcanlogin, rolbypassrls, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication AS more
        FROM pg_roles WHERE rolname LIKE 'rowhouse\\_%' ORDER BY 1`);
    expect(rows).toEqual([
      { rolname: 'rowhouse_app', rolcanlogin: true, rolbypassrls: false, more: false },
      { rolname: 'rowhouse_control', rolcanlogin: true, rolbypassrls: false, more: false },
      { rolname: 'rowhouse_migrator', rolcanlogin: true, rolbypassrls: true, more: false },
      { rolname: 'rowhouse_owner', rolcanlogin: false, rolbypassrls: false, more: false },
    ]);
  });

  it('makes the migrator a member of the owner and of those who see who blocks it, and nobody else of anything', async () => {
    const { rows } = await database.query(`
      SELECT member::regrole::text, roleid::regrole::text AS of FROM pg_auth_members
       WHERE roleid::regrole::text LIKE 'rowhouse\\_%' OR member::regrole::text LIKE 'rowhouse\\_%' ORDER BY 2`);
    expect(rows).toEqual([
      { member: 'rowhouse_migrator', of: 'pg_read_all_stats' },
      { member: 'rowhouse_migrator', of: 'rowhouse_owner' },
    ]);
  });

  it('stores no password in clear', async () => {
    const { rows } = await database.query(`
      SELECT bool_and(rolpassword LIKE 'SCRAM-SHA-256$4096:%') AS hashed FROM pg_authid
       WHERE rolname LIKE 'rowhouse\\_%' AND rolcanlogin`);
    expect(rows).toEqual([{ hashed: true }]);
  });

  it('lets no statement of the service outlive the service', async () => {
    const client = new Client({ connectionString: database.tenantUrl });
    client.on('error', () => undefined);
    await client.connect();
    client.query('SELECT pg_sleep(60)').catch(() => undefined);
    const sleeping = async () => {
      const { rowCount } = await database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(60)'`,
      );
      return rowCount;
    };
    await eventually(async () => expect(await sleeping()).toBe(1));
    client.connection.stream.destroy(); // as a process that is killed: no goodbye, no cancel request
    await eventually(async () => expect(await sleeping()).toBe(0), 10_000);
  });

  const refused = [
    ['temporary tables', 'CREATE TEMP TABLE t (a int)'],
    ['tables', 'CREATE TABLE t (a int)'],
    ['schemas', 'CREATE SCHEMA s'],
    ['set_config', `SELECT set_config('app.tenant_id', 'x', false)`],
    ['session advisory locks', 'SELECT pg_advisory_lock(1)'],
    ['large objects', 'SELECT lo_create(0)'],
    ['ending sessions', 'SELECT pg_terminate_backend(1)'],
    ['SQL in text', `SELECT query_to_xml('SELECT 1', true, true, '')`],
    ['plpgsql blocks', 'DO $$ BEGIN NULL; END $$'],
    ['the owner', 'SET ROLE rowhouse_owner'],
  ] as const;
  it.each(refused)('refuses %s to the logins of the service', async (_, statement) => {
    for (const url of [database.tenantUrl, database.controlUrl]) {
      await expect(as(url, statement)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('gives the migrator what PUBLIC had, and no way to the files of the server', async () => {
    expect(await as(database.migratorUrl, 'SELECT pg_try_advisory_lock(1) AS taken')).toEqual([
      { taken: true },
    ]);
    await expect(as(database.migratorUrl, `SELECT lo_import('/etc/passwd')`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('changes nothing and warns of nothing the second time', async () => {
    const before = await privileges();
    await withClient({ connectionString: database.adminUrl }, async (admin) => {
      expect(await bootstrapRoles(admin, testRun().passwords)).toEqual([]);
      expect(await bootstrapDatabase(admin)).toEqual([]);
    });
    expect(await privileges()).toEqual(before);
  });

  const privileges = async () =>
    (
      await database.query(`
        SELECT (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(datacl) a) AS database,
               (SELECT nspowner::regrole || ' ' || nspacl::text FROM pg_namespace WHERE nspname = 'public') AS schema,
               (SELECT proacl::text FROM pg_proc WHERE proname = 'set_config') AS set_config,
               (SELECT lanacl::text FROM pg_language WHERE lanname = 'plpgsql') AS plpgsql
          FROM pg_database WHERE datname = current_database()`)
    ).rows;

  it('tells that a database which is not there has to be made first', async () => {
    const nowhere = Object.assign(new URL(database.adminUrl), { pathname: '/nowhere' }).href;
    expect(await runCli(['db:bootstrap', nowhere])).toEqual({
      code: 1,
      output:
        'database "nowhere" does not exist: make it first (CREATE DATABASE), or name another in the URL\n',
    });
  });

  it('leaves the migrated objects to the owner, and the ledger readable for the control login', async () => {
    const { rows } = await database.query(`
      SELECT DISTINCT relowner::regrole::text AS owner FROM pg_class
       WHERE relnamespace IN ('public'::regnamespace, 'drizzle'::regnamespace)`);
    expect(rows).toEqual([{ owner: 'rowhouse_owner' }]);
    const status = await withClient({ connectionString: database.controlUrl }, (client) =>
      migrationStatus((text, values) => client.query<Record<string, unknown>>(text, values)),
    );
    expect(status).toEqual({ pending: [], unknown: [] });
  });

  it('lets any number of processes migrate at once', async () => {
    const runs = Array.from({ length: 3 }, () => migrate({ connectionString: database.migratorUrl }));
    expect(await Promise.all(runs)).toEqual([{ applied: [] }, { applied: [] }, { applied: [] }]);
  });
});
