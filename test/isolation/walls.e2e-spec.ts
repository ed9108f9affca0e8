import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';
import { declaredTenantTables } from '../../src/database/index.js';
import '../../src/app.module.js';
import { withClient } from '../../src/migrations/index.js';

/** What the design promises of every tenant table, read from the live catalogue, and tried as the service's login. */
describe('the walls', () => {
  let room: DatabaseRoom;
  beforeAll(async () => {
    room = await openDatabaseRoom();
    await room.transactions.withTenant(room.globex, { access: 'write' }, () =>
      room.addNote(room.globex, 'secret'),
    );
  });
  afterAll(() => room.close());

  /** Runs SQL as rowhouse_app on a connection of its own, past our own code. */
  const asApp = (text: string, values?: unknown[]) =>
    withClient(
      { connectionString: room.database.tenantUrl },
      async (client) => (await client.query(text, values)).rows,
    );
  const inAcme = (text: string) => asApp(`BEGIN; SET LOCAL app.tenant_id = '${room.acme}'; ${text}; COMMIT`);

  it('stand around exactly the declared tables', async () => {
    const { rows } = await room.database.query(
      `SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text AS owner FROM pg_class
       WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
         AND has_any_column_privilege('rowhouse_app', oid, 'SELECT, INSERT, UPDATE, REFERENCES') ORDER BY 1`,
    );
    const walls = { relrowsecurity: true, relforcerowsecurity: true, owner: 'rowhouse_owner' };
    expect(rows).toEqual(declaredTenantTables().map((relname) => ({ relname, ...walls })));
  });

  it('are the same two policies everywhere: a restrictive floor and a permissive one', async () => {
    const { rows } = await room.database.query(
      `SELECT tablename, permissive, qual, with_check FROM pg_policies WHERE roles = '{rowhouse_app}' ORDER BY 1, 2`,
    );
    const own = '(tenant_id = current_tenant_id())';
    expect(rows).toEqual(
      declaredTenantTables().flatMap((tablename) =>
        ['PERMISSIVE', 'RESTRICTIVE'].map((permissive) => ({
          tablename,
          permissive,
          qual: own,
          with_check: own,
        })),
      ),
    );
  });

  it('lead every key and foreign key with the tenant', async () => {
    const { rows } = await room.database.query(
      `SELECT conrelid::regclass::text AS on, conname FROM pg_constraint
       WHERE conrelid::regclass::text = ANY($1) AND contype IN ('p', 'u', 'f')
         AND NOT (contype = 'f' AND confrelid = 'users'::regclass) -- people are nobody's
         AND conkey[1] <> (SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = 'tenant_id')`,
      [declaredTenantTables()],
    );
    expect(rows).toEqual([]);
  });

  it.each(['', 'RESET app.tenant_id;', `SET app.tenant_id = '';`])(
    'raise, rather than show nothing, without a context (%j)',
    async (before) => {
      await expect(asApp(`${before} SELECT * FROM notes`)).rejects.toMatchObject({ code: '42501' });
    },
  );

  it('raise for a malformed context', async () => {
    await expect(asApp(`SET app.tenant_id = 'acme'; SELECT * FROM notes`)).rejects.toMatchObject({
      code: '22P02',
    });
  });

  const attacks: [string, (room: DatabaseRoom) => string, string][] = [
    [
      'inserting for another tenant',
      ({ globex }) => `INSERT INTO notes (tenant_id, id, title) VALUES ('${globex}', gen_random_uuid(), 'x')`,
      '42501',
    ],
    ['moving a row to another tenant', ({ globex }) => `UPDATE notes SET tenant_id = '${globex}'`, '42501'],
    ['row_security off', () => 'SET LOCAL row_security = off; SELECT * FROM notes', '42501'],
    ['becoming the owner', () => 'SET ROLE rowhouse_owner', '42501'],
    ['becoming the migrator', () => 'SET ROLE rowhouse_migrator', '42501'],
    ['set_config', ({ globex }) => `SELECT set_config('app.tenant_id', '${globex}', true)`, '42501'],
    ['code blocks', () => 'DO $$ BEGIN NULL; END $$', '42501'],
    ['temporary tables', () => 'CREATE TEMP TABLE t (a int)', '42501'],
    ['new tables', () => 'CREATE TABLE t (a int)', '42501'],
    ['TRUNCATE', () => 'TRUNCATE notes', '42501'],
    ['switching row security off', () => 'ALTER TABLE notes DISABLE ROW LEVEL SECURITY', '42501'],
    ['the tenant catalogue', () => 'SELECT * FROM tenants', '42501'],
    ['the people of all tenants', () => 'SELECT * FROM users', '42501'],
    ["other tenants' domains", () => 'SELECT * FROM tenant_domains', '42501'],
    ['reading queued mails', () => 'SELECT * FROM mail_outbox', '42501'],
    ['rewriting the audit log', () => `UPDATE audit_log SET action = 'x'`, '42501'],
    ['deleting from the audit log', () => 'DELETE FROM audit_log', '42501'],
    ['emptying the audit log', () => 'TRUNCATE audit_log', '42501'],
  ];
  it.each(attacks)('refuse %s', async (_, attack, sqlState) => {
    await expect(inAcme(attack(room))).rejects.toMatchObject({ code: sqlState });
  });

  it('answer a child of a foreign parent as one of a parent that exists nowhere', async () => {
    const { rows } = await room.database.query('SELECT id FROM notes WHERE tenant_id = $1', [room.globex]);
    const childOf = (parent: string) =>
      inAcme(
        `INSERT INTO comments (tenant_id, id, note_id, text) VALUES ('${room.acme}', gen_random_uuid(), '${parent}', 'x')`,
      );
    await expect(childOf(String(rows[0]!['id']))).rejects.toMatchObject({
      code: '23503',
      constraint: 'comments_note_fkey',
    });
    await expect(childOf('01920000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: '23503',
      constraint: 'comments_note_fkey',
    });
  });

  it("let a tenant use another tenant's unique value", async () => {
    await inAcme(
      `INSERT INTO notes (tenant_id, id, title) VALUES ('${room.acme}', gen_random_uuid(), 'secret')`,
    );
    expect(await room.titles(room.acme)).toEqual(['secret']);
  });

  it('give the control plane no tenant data beyond what authentication needs', async () => {
    const asControl = (text: string) =>
      withClient({ connectionString: room.database.controlUrl }, (client) => client.query(text));
    for (const text of [
      'SELECT * FROM notes',
      'SELECT * FROM audit_log',
      `UPDATE audit_log SET action = 'x'`,
      'DELETE FROM audit_log',
      'DELETE FROM api_keys',
      `UPDATE api_keys SET scopes = '{}'`,
      'DELETE FROM tenants',
    ]) {
      await expect(asControl(text)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
