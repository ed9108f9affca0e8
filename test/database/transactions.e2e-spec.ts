import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { notes } from '../notes/notes.schema.js';
import { CREATE_CONFLICT } from '../support/serialization-failure.js';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';
import { eventually } from '../support/eventually.js';
import { describeDirectly } from '../support/pooled.js';

const WRITE = { access: 'write' } as const;
const READ = { access: 'read' } as const;

describe('transactions', () => {
  let room: DatabaseRoom;

  beforeAll(async () => {
    room = await openDatabaseRoom({
      DATABASE_POOL_MAX: '4',
      DATABASE_POOL_MAX_PER_TENANT: '4',
      DATABASE_CONNECTION_TIMEOUT_MS: '200',
      DATABASE_MAX_WAITING: '2',
    });
  });
  afterAll(() => room.close());
  beforeEach(() => room.database.query('TRUNCATE notes CASCADE'));

  it('refuses every query outside of a tenant context', async () => {
    await expect(room.db.select().from(notes)).rejects.toMatchObject({
      cause: { code: 'TENANT_CONTEXT_MISSING' },
    });
    await expect(room.db.transaction(async () => undefined)).rejects.toMatchObject({
      cause: { code: 'TENANT_CONTEXT_MISSING' },
    });
  });

  it('refuses control-plane queries inside a tenant transaction', async () => {
    const work = room.transactions.withTenant(room.acme, WRITE, async () =>
      room.control.execute(sql`select 1`),
    );
    await expect(work).rejects.toMatchObject({ code: 'TENANT_CONTEXT_MISSING' });
  });

  it('refuses a tenant id that is no UUID, before anything is sent', async () => {
    await expect(
      room.transactions.withTenant(`'; drop table notes`, WRITE, async () => undefined),
    ).rejects.toThrow('must be a UUID');
  });

  it('runs a query that the work merely returns', async () => {
    const rows = await room.transactions.withTenant(room.acme, READ, () => room.db.select().from(notes));
    expect(rows).toEqual([]);
  });

  it('joins a nested transaction of the same tenant: one commit, one rollback', async () => {
    const work = room.transactions.withTenant(room.acme, WRITE, async () => {
      await room.transactions.withTenant(room.acme, WRITE, () => room.addNote(room.acme, 'nested'));
      throw new Error('outer fails');
    });
    await expect(work).rejects.toThrow('outer fails');
    expect(await room.titles(room.acme)).toEqual([]);
  });

  it('refuses to open another tenant inside', async () => {
    const work = room.transactions.withTenant(room.acme, WRITE, () =>
      room.transactions.withTenant(room.globex, READ, async () => 1),
    );
    await expect(work).rejects.toMatchObject({ code: 'TENANT_CONTEXT_MISMATCH' });
  });

  it('refuses a write inside a read', async () => {
    const work = room.transactions.withTenant(room.acme, READ, () =>
      room.transactions.withTenant(room.acme, WRITE, async () => 1),
    );
    await expect(work).rejects.toMatchObject({ code: 'TENANT_TX_READ_ONLY' });
  });

  it('runs afterCommit work once committed, outside of the transaction, and never after a rollback', async () => {
    const seen: string[][] = [];
    const note = async () => void seen.push(await room.titles(room.acme));
    await room.transactions.withTenant(room.acme, WRITE, async () => {
      room.transactions.afterCommit(note);
      await room.addNote(room.acme, 'committed');
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual([['committed']]);
    const failing = room.transactions.withTenant(room.acme, WRITE, async () => {
      room.transactions.afterCommit(note);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(seen).toHaveLength(1);
  });

  it('lets a failing afterCommit change nothing of the answer', async () => {
    const work = room.transactions.withTenant(room.acme, WRITE, async () => {
      room.transactions.afterCommit(() => Promise.reject(new Error('mail server down')));
      await room.addNote(room.acme, 'stored');
      return 'answer';
    });
    await expect(work).resolves.toBe('answer');
    expect(await room.titles(room.acme)).toEqual(['stored']);
  });

  it('runs again after a serialization failure, only as often as allowed', async () => {
    await room.database.query(CREATE_CONFLICT);
    let attempts = 0;
    const work = (failures: number) => async () => {
      if (attempts++ < failures) await room.db.execute(sql`select conflict()`);
      return attempts;
    };
    await expect(room.transactions.withTenant(room.acme, { ...WRITE, retries: 3 }, work(2))).resolves.toBe(3);
    attempts = 0;
    await expect(room.transactions.withTenant(room.acme, WRITE, work(1))).rejects.toMatchObject({
      sqlState: '40001',
    });
    expect(attempts).toBe(1);
    attempts = 0;
    await expect(
      room.transactions.withTenant(room.acme, { ...WRITE, retries: 2 }, work(9)),
    ).rejects.toMatchObject({ sqlState: '40001' });
    expect(attempts).toBe(3);
    await room.database.query('REVOKE USAGE ON LANGUAGE plpgsql FROM rowhouse_app');
  });

  it.each([true, false])(
    'never calls a write done that fails at COMMIT (detachCommit %s)',
    async (detachCommit) => {
      await room.database.query(
        'ALTER TABLE notes ADD CONSTRAINT late UNIQUE (tenant_id, body) DEFERRABLE INITIALLY DEFERRED',
      );
      try {
        const work = room.transactions.withTenant(room.acme, { ...WRITE, detachCommit }, async () => {
          await room.addNote(room.acme, 'one');
          await room.addNote(room.acme, 'two'); // both with an empty body
        });
        await expect(work).rejects.toMatchObject({ sqlState: '23505', constraint: 'late' });
        expect(await room.titles(room.acme)).toEqual([]);
      } finally {
        await room.database.query('ALTER TABLE notes DROP CONSTRAINT late');
      }
    },
  );

  it.each([
    ['a read is done before the reply to COMMIT', undefined, false],
    ['a serializable read only after it: COMMIT says whether what it saw was right', 'serializable', true],
  ] as const)('%s', async (_, isolation, isCommitted) => {
    let hasCommitted = false;
    const options = { ...READ, detachCommit: true, ...(isolation && { isolation }) };
    await room.transactions.withTenant(room.acme, options, async () => {
      room.transactions.afterCommit(() => (hasCommitted = true));
      await room.db.select().from(notes);
    });
    expect(hasCommitted).toBe(isCommitted);
    await eventually(() => expect(hasCommitted).toBe(true));
  });

  it('finds real serialization failures at COMMIT', async () => {
    const options = { access: 'write', isolation: 'serializable' } as const;
    const bothHaveRead = Promise.withResolvers<void>();
    let readers = 0;
    const countThenAdd = (title: string) =>
      room.transactions.withTenant(room.acme, options, async () => {
        await room.db.select().from(notes);
        if (++readers === 2) bothHaveRead.resolve();
        await bothHaveRead.promise;
        await room.addNote(room.acme, title);
      });
    const outcomes = await Promise.allSettled([countThenAdd('one'), countThenAdd('two')]);
    const failed = outcomes.filter(({ status }) => status === 'rejected');
    expect(failed).toMatchObject([{ reason: { sqlState: '40001' } }]);
    expect(await room.titles(room.acme)).toHaveLength(1);
  });

  it('refuses at once when too many wait, and in time when no connection becomes free', async () => {
    const hold = Promise.withResolvers<void>();
    const holding = Array.from({ length: 4 }, () =>
      room.transactions.withTenant(room.acme, READ, async () => {
        await room.db.execute(sql`select 1`);
        await hold.promise;
      }),
    );
    const query = () =>
      room.transactions.withTenant(room.acme, READ, async () => room.db.execute(sql`select 1`));
    const waiting = await Promise.allSettled([query(), query(), query()]);
    expect(waiting).toMatchObject(
      Array.from({ length: 3 }, () => ({ status: 'rejected', reason: { code: 'DATABASE_BUSY' } })),
    );
    hold.resolve();
    await Promise.all(holding);
    await expect(query()).resolves.toMatchObject({ rowCount: 1 });
  });

  it('reports why a statement could not be prepared, not that its twin in the same write found it missing', async () => {
    const faulty = () => Promise.resolve(room.db.execute(sql`select no_such_column from notes`));
    const twins = async () => {
      const [first, second] = [faulty(), faulty()];
      await second.finally(() => void first.catch(() => undefined));
    };
    for (let i = 0; i < 3; i++) {
      const work = room.transactions.withTenant(room.acme, READ, twins);
      await expect(work).rejects.toMatchObject({ sqlState: '42703' });
    }
  });

  describeDirectly('on a connection of its own', () => {
    it('prepares a statement by name when it comes a second time', async () => {
      const names = () =>
        room.transactions.withTenant(room.acme, READ, async () => {
          for (let i = 0; i < 3; i++) await room.db.execute(sql`select 4711 as wanted`);
          const { rows } = await room.db.execute(
            sql`select name from pg_prepared_statements where statement like '%4711%' and statement not like '%pg_prepared%'`,
          );
          return rows;
        });
      expect(await names()).toEqual([{ name: expect.stringMatching(/^[0-9a-f]{16}$/) }]);
    });
  });
});
