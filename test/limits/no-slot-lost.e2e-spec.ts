import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { Lease } from '../../src/database/lease.js';
import { Checkout } from '../../src/database/checkout.js';
import { DatabaseEvents } from '../../src/database/database-events.js';
import { TransactionReport } from '../../src/database/transaction-report.js';
import { notes } from '../notes/notes.schema.js';
import { type DatabaseRoom, openDatabaseRoom } from '../support/database-room.js';
import { eventually } from '../support/eventually.js';

const WRITE = { access: 'write' } as const;
const HANDED_ON = { access: 'read', detachCommit: true } as const;

let room: DatabaseRoom;
beforeAll(async () => {
  room = await openDatabaseRoom({
    DATABASE_POOL_MAX: '3',
    DATABASE_POOL_MAX_PER_TENANT: '2',
    DATABASE_MAX_WAITING: '6',
    DATABASE_CONNECTION_TIMEOUT_MS: '150',
  });
});
afterAll(() => room.close());

const query = () => Promise.resolve(room.db.select().from(notes));
const sleep = (seconds: number) => Promise.resolve(room.db.execute(sql`select pg_sleep(${seconds})`));

/** What can happen in a transaction, whether or not it gets a connection in time. */
const WORKS = {
  commit: () => query(),
  slow: () => sleep(0.1),
  tooSlowForThoseBehind: () => sleep(0.2),
  throw: async () => {
    await query();
    throw new Error('thrown by the work');
  },
  throwBeforeConnected: async () => {
    query().catch(() => undefined);
    throw new Error('thrown before its query had a connection');
  },
  unawaited: async () => {
    sleep(0.05).catch(() => undefined);
    await Promise.resolve();
  },
  swallowed: async () => {
    await Promise.resolve(room.db.execute(sql`select 1 / 0`)).catch(() => undefined);
  },
  serverTimeout: async () => {
    await room.db.execute(sql`set local statement_timeout = '20ms'`);
    await sleep(1);
  },
  lost: async () => {
    const { rows } = await room.db.execute(sql`select pg_backend_pid() as pid`);
    await room.database.query('SELECT pg_terminate_backend($1)', [rows[0]!['pid']]);
    await query();
  },
  several: () => Promise.all([query(), query(), sleep(0.01)]),
  nothing: async () => undefined,
};

const lease = () => {
  const settings = { pipeline: true, preparedStatements: true };
  const facts = { plane: 'tenant', access: 'write', tenantId: room.acme, activity: undefined } as const;
  const report = new TransactionReport(new DatabaseEvents([]), facts);
  return new Lease(new Checkout(room.pool, room.slots, room.acme, report), 'BEGIN', settings, report);
};

it('a transaction that ends while it waits leaves the queue, or gives back the slot it was just given', async () => {
  const held = [room.slots.take(room.acme), room.slots.take(room.acme)];
  const [early, late] = [lease(), lease()];
  const queries = [early, late].map((waiting) => waiting.query({ text: 'SELECT 1' }));
  const settled = Promise.allSettled(queries);
  expect(room.slots.waitingCount).toBe(2);
  await early.rollback();
  expect(room.slots.waitingCount).toBe(1);
  held[0]!.leave();
  expect([room.slots.waitingCount, room.slots.heldCount]).toEqual([0, 2]);
  await late.rollback();
  held[1]!.leave();
  const refused = { status: 'rejected', reason: { code: 'TENANT_TX_CLOSED' } };
  expect(await settled).toMatchObject([refused, refused]);
  expect(room.slots.heldCount).toBe(0);
});

it('no slot of a tenant is ever lost, however its transactions end, in any order', async () => {
  const step = fc.record({
    tenant: fc.constantFrom('acme' as const, 'globex' as const),
    kind: fc.constantFrom(...(Object.keys(WORKS) as (keyof typeof WORKS)[])),
    options: fc.constantFrom(WRITE, HANDED_ON),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const runs = steps.map(({ tenant, kind, options }) =>
        room.transactions.withTenant(room[tenant], options, async () => void (await WORKS[kind]())),
      );
      await Promise.allSettled(runs);
      await eventually(() => {
        expect([room.slots.heldCount, room.slots.waitingCount, room.pool.waitingCount]).toEqual([0, 0, 0]);
        expect(room.pool.idleCount).toBe(room.pool.totalCount);
      });
    }),
    { numRuns: 15 },
  );
  const all = await Promise.all(
    ['acme' as const, 'globex' as const].map((tenant) =>
      room.transactions.withTenant(room[tenant], WRITE, () => query()),
    ),
  );
  expect(all).toEqual([[], []]);
}, 60_000);
