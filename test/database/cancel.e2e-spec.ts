import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';
import { eventually } from '../support/eventually.js';

const CANCELLED = { code: 'TRANSACTION_CANCELLED' };

describe.each([
  { pipeline: 'true', poolMax: '1' },
  { pipeline: 'false', poolMax: '1' },
  { pipeline: 'true', poolMax: '10' },
])('a transaction that is aborted, pipeline $pipeline, pool of $poolMax', ({ pipeline, poolMax }) => {
  let room: DatabaseRoom;
  beforeAll(async () => {
    room = await openDatabaseRoom({
      DATABASE_PIPELINE: pipeline,
      DATABASE_POOL_MAX: poolMax,
      DATABASE_POOL_MAX_PER_TENANT: poolMax,
    });
  });
  afterAll(() => room.close());
  beforeEach(() => room.database.query('TRUNCATE notes CASCADE'));

  const inAcme = <T>(signal: AbortSignal, work: () => Promise<T>, access: 'read' | 'write' = 'write') =>
    room.transactions.withTenant(room.acme, { access, signal, detachCommit: access === 'read' }, work);
  const sleep = () => room.db.execute(sql`SELECT pg_sleep(60)`);
  const running = async (text: string) => {
    const { rows } = await room.database.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = 'rowhouse_app'
          AND state <> 'idle' AND query LIKE $1`,
      [`%${text}%`],
    );
    return rows.map(({ pid }) => pid);
  };
  const isRunning = (text: string) => eventually(async () => expect(await running(text)).toHaveLength(1));
  const expectAllFree = async () => {
    await eventually(async () => expect(await running('')).toEqual([]));
    await eventually(() => expect(room.pool.idleCount).toBe(room.pool.totalCount));
    expect(room.pool.waitingCount).toBe(0);
    await eventually(() => expect(room.slots).toMatchObject({ heldCount: 0, waitingCount: 0 }));
    const { rows } = await room.transactions.withTenant(room.globex, { access: 'read' }, () =>
      room.db.execute(sql`SELECT current_tenant_id() AS id`),
    );
    expect(rows).toEqual([{ id: room.globex }]);
  };

  it.each(['read', 'write'] as const)('cancels the statement that runs (%s)', async (access) => {
    const abort = new AbortController();
    const result = inAcme(abort.signal, sleep, access);
    await isRunning('pg_sleep');
    abort.abort();
    await expect(result).rejects.toMatchObject(CANCELLED);
    await expectAllFree();
  });

  it('rolls back what it had written, whatever the work makes of the failure', async () => {
    const abort = new AbortController();
    const result = inAcme(abort.signal, async () => {
      await room.addNote(room.acme, 'one');
      await sleep().catch(() => undefined);
      return 'all is well';
    });
    await isRunning('pg_sleep');
    abort.abort();
    await expect(result).rejects.toMatchObject(CANCELLED);
    await expectAllFree();
    expect(await room.titles(room.acme)).toEqual([]);
  });

  it('cancels all statements of a Promise.all', async () => {
    const abort = new AbortController();
    const result = inAcme(abort.signal, () =>
      Promise.all([sleep(), room.addNote(room.acme, 'one'), sleep()]),
    );
    await isRunning('pg_sleep');
    abort.abort();
    await expect(result).rejects.toMatchObject(CANCELLED);
    await expectAllFree();
    expect(await room.titles(room.acme)).toEqual([]);
  });

  it('never hands a session on that was sent a cancel request', async () => {
    const abort = new AbortController();
    const result = inAcme(abort.signal, sleep);
    await isRunning('pg_sleep');
    const [cancelled] = await running('pg_sleep');
    abort.abort();
    await result.catch(() => undefined);
    const pids = await Promise.all(
      Array.from({ length: 20 }, () =>
        room.transactions.withTenant(room.globex, { access: 'read' }, () =>
          room.db.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`),
        ),
      ),
    );
    expect(pids.map(({ rows }) => rows[0]?.pid)).not.toContain(cancelled);
  });

  it('rolls back at once where no statement runs, and keeps the session', async () => {
    const abort = new AbortController();
    const forever = Promise.withResolvers<void>();
    let pid: unknown;
    const result = inAcme(abort.signal, async () => {
      await room.addNote(room.acme, 'one');
      pid = (await room.db.execute(sql`SELECT pg_backend_pid() AS pid`)).rows[0]?.['pid'];
      await forever.promise;
      await room.addNote(room.acme, 'two');
    });
    await eventually(() => expect(pid).toBeDefined());
    abort.abort();
    await expectAllFree();
    const { rows } = await room.database.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [pid]);
    expect(rows).toHaveLength(1);
    forever.resolve();
    await expect(result).rejects.toMatchObject(CANCELLED);
    expect(await room.titles(room.acme)).toEqual([]);
  });

  it('is cancelled, not misused, where the signal comes before a last write', async () => {
    const abort = new AbortController();
    const violations: string[] = [];
    room.events.subscribe({ leaseViolated: (code) => violations.push(code) });
    const result = inAcme(abort.signal, async () => {
      await room.addNote(room.acme, 'first');
      room.transactions.lastWrite(() => room.addNote(room.acme, 'last'));
      abort.abort();
    });
    await expect(result).rejects.toMatchObject(CANCELLED);
    expect(violations).toEqual([]);
    expect(await room.titles(room.acme)).toEqual([]);
  });

  it('stops waiting for a connection', async () => {
    const release = Promise.withResolvers<void>();
    const holders = Array.from({ length: Number(poolMax) }, () =>
      room.transactions.withTenant(room.acme, { access: 'read' }, async () => {
        await room.db.execute(sql`SELECT 1`);
        await release.promise;
      }),
    );
    await eventually(() => expect(room.slots.heldCount).toBe(Number(poolMax)));
    const abort = new AbortController();
    const result = inAcme(abort.signal, sleep);
    await eventually(() => expect(room.slots.waitingCount).toBe(1));
    abort.abort();
    try {
      await expect(result).rejects.toMatchObject(CANCELLED);
      expect(room.slots).toMatchObject({ heldCount: Number(poolMax), waitingCount: 0 });
    } finally {
      release.resolve();
    }
    await Promise.all(holders);
    await expectAllFree();
  });

  it('sends nothing where the signal was aborted before', async () => {
    let acquired = 0;
    const count = () => acquired++;
    room.pool.on('acquire', count);
    await expect(inAcme(AbortSignal.abort(), sleep)).rejects.toMatchObject(CANCELLED);
    room.pool.off('acquire', count);
    expect(acquired).toBe(0);
  });

  it('lets a COMMIT that was sent decide', async () => {
    await room.database.query(`
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END';
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON notes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()`);
    const abort = new AbortController();
    const result = inAcme(abort.signal, () => room.addNote(room.acme, 'one'));
    await isRunning('COMMIT');
    abort.abort();
    await expect(result).resolves.toEqual(expect.any(String));
    expect(await room.titles(room.acme)).toEqual(['one']);
    await room.database.query('DROP TRIGGER slow ON notes; DROP FUNCTION slow');
    await expectAllFree();
  });

  it('does nothing to one that is over', async () => {
    const abort = new AbortController();
    await inAcme(abort.signal, () => room.addNote(room.acme, 'one'));
    abort.abort();
    expect(await room.titles(room.acme)).toEqual(['one']);
    await expectAllFree();
  });
});
