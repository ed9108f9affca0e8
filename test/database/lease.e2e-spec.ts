import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eq, sql } from 'drizzle-orm';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';
import { eventually } from '../support/eventually.js';
import { describeDirectly } from '../support/pooled.js';
import { notes } from '../notes/notes.schema.js';

const WRITE = { access: 'write' } as const;
const READ = { access: 'read' } as const;

/** Each `it` is a line of the lease table of the design: a fault of stock drizzle + pg that was reproduced. */
describe.each([
  { pipeline: 'true', poolMax: '1' },
  { pipeline: 'true', poolMax: '10' },
  { pipeline: 'false', poolMax: '1' },
  { pipeline: 'false', poolMax: '10' },
])('a lease, pipeline $pipeline, pool of $poolMax', ({ pipeline, poolMax }) => {
  let room: DatabaseRoom;

  beforeAll(async () => {
    room = await openDatabaseRoom({ DATABASE_PIPELINE: pipeline, DATABASE_POOL_MAX: poolMax });
  });
  afterAll(() => room.close());
  beforeEach(async () => {
    await room.database.query('TRUNCATE notes CASCADE');
    await room.transactions.withTenant(room.globex, WRITE, () =>
      room.addNote(room.globex, 'secret of globex'),
    );
  });

  const inAcme = <T>(work: () => Promise<T>) => room.transactions.withTenant(room.acme, WRITE, work);
  /** The next transaction finds a clean connection, its own tenant and its own rows. */
  const expectNextTenantUntouched = async () => {
    const rows = await room.transactions.withTenant(room.globex, READ, () =>
      room.db.select({ title: notes.title }).from(notes),
    );
    expect(rows).toEqual([{ title: 'secret of globex' }]);
    await eventually(() => expect(room.pool.idleCount).toBe(room.pool.totalCount));
    expect(room.pool.waitingCount).toBe(0);
  };

  it('takes no connection for work that never queries', async () => {
    const acquired: unknown[] = [];
    room.pool.on('acquire', (client) => acquired.push(client));
    await inAcme(async () => undefined);
    room.pool.removeAllListeners('acquire');
    expect(acquired).toEqual([]);
  });

  it('refuses a query sent after the end, and sends nothing', async () => {
    let late!: () => Promise<unknown>;
    await inAcme(async () => {
      const { AsyncResource } = await import('node:async_hooks');
      late = AsyncResource.bind(async () => room.db.select().from(notes));
      await room.addNote(room.acme, 'early');
    });
    await room.transactions.withTenant(room.globex, READ, async () => {
      await room.db.select().from(notes);
      await expect(late()).rejects.toMatchObject({ cause: { code: 'TENANT_TX_CLOSED' } });
    });
    await expectNextTenantUntouched();
  });

  it('refuses the surviving sibling of a failed Promise.all', async () => {
    let survivor: Promise<unknown> | undefined;
    const failing = inAcme(async () => {
      await room.addNote(room.acme, 'one');
      survivor = (async () => {
        await gate.promise;
        return room.db.select().from(notes);
      })();
      survivor.catch(() => undefined);
      await Promise.all([survivor, Promise.reject(new Error('first failure'))]);
    });
    const gate = Promise.withResolvers<void>();
    await expect(failing).rejects.toThrow('first failure');
    gate.resolve();
    await expect(survivor).rejects.toMatchObject({ cause: { code: 'TENANT_TX_CLOSED' } });
    expect(await room.titles(room.acme)).toEqual([]);
    await expectNextTenantUntouched();
  });

  it('rolls back loudly when a query is still running at commit', async () => {
    const unawaited: Promise<unknown>[] = [];
    const work = inAcme(async () => {
      await room.addNote(room.acme, 'kept?');
      unawaited.push(Promise.resolve(room.db.execute(sql`select pg_sleep(0.05)`)).catch(() => undefined));
      await Promise.resolve();
    });
    await expect(work).rejects.toMatchObject({ code: 'TENANT_TX_UNFINISHED' });
    await Promise.all(unawaited);
    expect(await room.titles(room.acme)).toEqual([]);
    await expectNextTenantUntouched();
  });

  it('rejects when a failed statement was swallowed and COMMIT answers ROLLBACK', async () => {
    const work = inAcme(async () => {
      await room.addNote(room.acme, 'same');
      await room.addNote(room.acme, 'same').catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'TENANT_TX_ABORTED', cause: { sqlState: '23505' } });
    expect(await room.titles(room.acme)).toEqual([]);
    await expectNextTenantUntouched();
  });

  it('rejects a read whose failed statement was swallowed, even where it need not wait for COMMIT', async () => {
    const work = room.transactions.withTenant(room.acme, { ...READ, detachCommit: true }, async () => {
      await Promise.resolve(room.db.execute(sql`select 1 / 0`)).catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: 'TENANT_TX_ABORTED' });
    await expectNextTenantUntouched();
  });

  it('cancels on the server, never on the client, and keeps nothing of the statement', async () => {
    const work = inAcme(async () => {
      await room.db.execute(sql`set local statement_timeout = '30ms'`);
      await room.addNote(room.acme, 'before the time-out');
      await room.db.execute(sql`select pg_sleep(5)`);
    });
    await expect(work).rejects.toMatchObject({ sqlState: '57014' });
    expect(await room.titles(room.acme)).toEqual([]);
    await expectNextTenantUntouched();
  });

  it('survives the loss of its connection, and the pool heals', async () => {
    const work = inAcme(async () => {
      const { rows } = await room.db.execute(sql`select pg_backend_pid() as pid`);
      await room.database.query('SELECT pg_terminate_backend($1)', [rows[0]!['pid']]);
      await room.addNote(room.acme, 'lost');
    });
    await expect(work).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await room.titles(room.acme)).toEqual([]);
    await expectNextTenantUntouched();
  });

  it('survives the loss of the connection while it idles in the transaction', async () => {
    const work = inAcme(async () => {
      const { rows } = await room.db.execute(sql`select pg_backend_pid() as pid`);
      await room.database.query('SELECT pg_terminate_backend($1)', [rows[0]!['pid']]);
      await eventually(async () => {
        const { rowCount } = await room.database.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [
          rows[0]!['pid'],
        ]);
        expect(rowCount).toBe(0);
      });
    });
    await expect(work).rejects.toMatchObject({
      code: expect.stringMatching(/^(DATABASE_UNAVAILABLE|COMMIT_OUTCOME_UNKNOWN)$/),
    });
    await expectNextTenantUntouched();
  });

  it('gives the slot back when BEGIN fails, and reports the first error', async () => {
    const work = room.transactions.withTenant(
      room.acme,
      { access: 'write', isolation: 'nonsense' as 'serializable' },
      () => room.addNote(room.acme, 'x'),
    );
    await expect(work).rejects.toMatchObject({ sqlState: '42601' });
    expect(await room.titles(room.acme)).toEqual([]);
    await expectNextTenantUntouched();
  });

  it('does not commit when BEGIN failed and its error was swallowed', async () => {
    const work = room.transactions.withTenant(
      room.acme,
      { access: 'write', isolation: 'nonsense' as 'serializable' },
      async () => {
        await room.addNote(room.acme, 'x').catch(() => undefined);
      },
    );
    await expect(work).rejects.toMatchObject({ sqlState: '42601' });
    await expectNextTenantUntouched();
  });

  it('keeps the first error when ROLLBACK fails too', async () => {
    const work = inAcme(async () => {
      const { rows } = await room.db.execute(sql`select pg_backend_pid() as pid`);
      await room.database.query('SELECT pg_terminate_backend($1)', [rows[0]!['pid']]);
      throw new Error('the first error');
    });
    await expect(work).rejects.toThrow('the first error');
    await expectNextTenantUntouched();
  });

  it('never leaves parameter values in an error', async () => {
    const work = inAcme(async () => {
      await room.addNote(room.acme, 'PRIVATE-VALUE');
      await room.addNote(room.acme, 'PRIVATE-VALUE');
    });
    const error = await work.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ sqlState: '23505', constraint: 'notes_title' });
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 5, showHidden: true })).not.toContain('PRIVATE-VALUE');
  });

  it('runs statements of a Promise.all in the one transaction', async () => {
    await inAcme(async () => {
      await Promise.all(['a', 'b', 'c'].map((title) => room.addNote(room.acme, title)));
    });
    expect(await room.titles(room.acme)).toEqual(['a', 'b', 'c']);
    await expectNextTenantUntouched();
  });

  it('reports the statement that failed, not those that the aborted transaction refused', async () => {
    const work = inAcme(async () => {
      const failing = Promise.resolve(room.db.execute(sql`select 1 / 0`));
      const refused = Promise.resolve(room.db.execute(sql`select 1`));
      // Who awaits which first is chance; here, the one that was only refused.
      await refused.finally(() => void failing.catch(() => undefined));
    });
    await expect(work).rejects.toMatchObject({ sqlState: '22012' });
    await expectNextTenantUntouched();
  });

  it('gives a connection back that came only after the work had ended', async () => {
    const held = await Promise.all(Array.from({ length: Number(poolMax) }, () => room.pool.connect()));
    const late: Promise<unknown>[] = [];
    const work = inAcme(async () => {
      late.push(Promise.resolve(room.db.select().from(notes)));
      await Promise.resolve();
    });
    await expect(work).rejects.toMatchObject({ code: 'TENANT_TX_UNFINISHED' });
    for (const client of held) client.release();
    await expect(late[0]).rejects.toMatchObject({ cause: { code: 'TENANT_TX_CLOSED' } });
    await expectNextTenantUntouched();
  });

  describeDirectly('on a connection of its own', () => {
    it('replaces a connection whose prepared statement no longer fits the schema', async () => {
      const ranks = () =>
        room.transactions.withTenant(room.acme, READ, () => room.db.select({ rank: notes.rank }).from(notes));
      for (let i = 0; i < 3; i++) await ranks();
      await room.database.query('ALTER TABLE notes ALTER COLUMN rank TYPE bigint');
      try {
        await expect(ranks()).rejects.toMatchObject({ sqlState: '0A000' });
        await expect(ranks()).resolves.toEqual([]);
      } finally {
        await room.database.query('ALTER TABLE notes ALTER COLUMN rank TYPE int');
      }
      await eventually(() => ranks());
    });
  });

  it('refuses writes in a read, by the server', async () => {
    const work = room.transactions.withTenant(room.acme, READ, () => room.addNote(room.acme, 'x'));
    await expect(work).rejects.toMatchObject({ sqlState: '25006' });
    await expectNextTenantUntouched();
  });

  it('refuses a second statement in one query', async () => {
    const work = inAcme(() =>
      Promise.resolve(room.db.execute(sql.raw(`select 1; set local app.tenant_id = '${room.globex}'`))),
    );
    await expect(work).rejects.toMatchObject({ sqlState: '42601' });
    await expectNextTenantUntouched();
  });

  it('answers relational queries of the tenant only', async () => {
    const found = await inAcme(async () => {
      await room.addNote(room.acme, 'mine');
      return room.db.query.notes.findMany({ with: { comments: true } });
    });
    expect(found).toMatchObject([{ title: 'mine', comments: [] }]);
  });

  it('updates and deletes nothing of another tenant', async () => {
    await inAcme(async () => {
      const updated = await room.db.update(notes).set({ body: 'taken' }).returning();
      const deleted = await room.db.delete(notes).where(eq(notes.title, 'secret of globex')).returning();
      expect([updated, deleted]).toEqual([[], []]);
    });
    await expectNextTenantUntouched();
  });
});
