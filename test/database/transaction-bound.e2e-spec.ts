import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';

const WRITE = { access: 'write' } as const;

/** With one connection, whatever a statement leaves behind is found by the next tenant. */
describe('a statement of a transaction', () => {
  let room: DatabaseRoom;
  const violations: string[] = [];
  beforeAll(async () => {
    room = await openDatabaseRoom({ DATABASE_POOL_MAX: '1' });
    room.events.subscribe({ leaseViolated: (code) => violations.push(code) });
  });
  afterAll(() => room.close());

  const run = (tenantId: string, text: string) =>
    room.transactions.withTenant(tenantId, WRITE, async () => room.db.execute(sql.raw(text)));

  it.each([
    'DECLARE held CURSOR WITH HOLD FOR SELECT * FROM notes',
    'PREPARE kept AS SELECT * FROM notes',
    'LISTEN rowhouse_api_key',
    `SET app.tenant_id = '01920000-0000-7000-8000-000000000000'`,
    `SET LOCAL app.tenant_id = '01920000-0000-7000-8000-000000000000'`,
    `set local "app"."tenant_id" = '01920000-0000-7000-8000-000000000000'`,
    'SET LOCAL row_security = off',
    'SET LOCAL search_path = pg_temp',
    'SET statement_timeout = 0',
    'RESET ALL',
    'DISCARD ALL',
    'SET ROLE rowhouse_owner',
    'SET LOCAL ROLE rowhouse_app',
    'SET SESSION AUTHORIZATION DEFAULT',
    'LOCK TABLE notes IN ACCESS EXCLUSIVE MODE',
    'COPY notes TO STDOUT',
    'COPY notes FROM STDIN',
    'DO $$ BEGIN NULL; END $$',
    'CALL nothing()',
    'TRUNCATE notes',
    'CREATE TEMP TABLE t (a int)',
    'BEGIN',
    'COMMIT',
    'END',
    'ROLLBACK',
    'ROLLBACK AND CHAIN',
    'ABORT',
    `PREPARE TRANSACTION 'x'`,
    'FETCH ALL FROM held',
    '/* SELECT */ LISTEN x',
    '-- SELECT\nLISTEN x',
    '',
  ])('is refused before it is sent where it is none of a transaction: %j', async (text) => {
    violations.length = 0;
    await expect(run(room.acme, text)).rejects.toMatchObject({ code: 'TENANT_TX_STATEMENT' });
    expect(violations).toEqual(['TENANT_TX_STATEMENT']);
  });

  it.each([
    'select 1',
    '(select 1) union all (select 2)',
    'WITH one AS (SELECT 1) SELECT * FROM one',
    'VALUES (1)',
    'TABLE notes',
    'EXPLAIN SELECT 1',
    'SHOW transaction_isolation',
    `set local statement_timeout = '5s'`,
    'SET LOCAL lock_timeout TO 100',
    'SAVEPOINT one',
    '  \n MERGE INTO notes USING (SELECT) v ON false WHEN MATCHED THEN DO NOTHING',
  ])('may be %j', async (text) => {
    await run(room.acme, text);
  });

  it('that is refused leaves the rest of its transaction as it was', async () => {
    await room.transactions.withTenant(room.acme, WRITE, async () => {
      await room.addNote(room.acme, 'before');
      await Promise.resolve(room.db.execute(sql.raw('COMMIT'))).catch(() => undefined);
      await room.addNote(room.acme, 'after');
    });
    expect(await room.titles(room.acme)).toEqual(['after', 'before']);
  });
});
