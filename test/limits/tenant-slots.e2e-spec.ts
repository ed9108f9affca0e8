import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import {
  CONTROL_SLOTS,
  ControlDatabase,
  TENANT_SLOTS,
  TenantDatabase,
  type TenantSlots,
} from '../../src/database/index.js';
import { RequireScope } from '../../src/http/index.js';
import { ControlPlane } from '../../src/tenancy/index.js';
import { withClient } from '../../src/migrations/index.js';
import { type Answer, type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';

const LOCK = 7_602_104;

/** Answers when the test lets go of the lock. */
@Controller('v1/slow')
class SlowController {
  constructor(private readonly db: TenantDatabase) {}

  @Get()
  @RequireScope('tenant:read')
  async get() {
    await this.db.execute(sql`select pg_advisory_xact_lock_shared(${LOCK})`);
    return {};
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

describe('a tenant that floods a pool of 5 with slow requests', () => {
  let api: TestApp;
  let slots: TenantSlots;
  beforeAll(async () => {
    const environment = {
      DATABASE_POOL_MAX: '5',
      DATABASE_MAX_WAITING: '100',
      // Longer than the test: nothing may end because of a time-out.
      DATABASE_LOCK_TIMEOUT_MS: '15000',
      DATABASE_CONNECTION_TIMEOUT_MS: '20000',
      DATABASE_CONNECT_DEADLINE_MS: '20000',
    };
    api = await createTestApp({ imports: [SlowModule], environment });
    slots = api.app.get<TenantSlots>(TENANT_SLOTS);
  });
  afterAll(() => api.close());

  /** Runs `work` while 200 requests of acme are under way, none of which can be answered; then lets them end. */
  const duringFlood = (work: (answered: Answer[]) => Promise<void>) =>
    withClient({ connectionString: api.database.adminUrl }, async (locker) => {
      await locker.query('SELECT pg_advisory_lock($1)', [LOCK]);
      const answered: Answer[] = [];
      const flood = Array.from({ length: 200 }, async () => {
        answered.push(await api.call('GET', '/v1/slow', { as: api.acme.apiKey }));
      });
      await eventually(() => expect(answered.length + slots.heldCount + slots.waitingCount).toBe(200));
      await work(answered);
      await locker.query('SELECT pg_advisory_unlock($1)', [LOCK]);
      await Promise.all(flood);
      const statuses = Map.groupBy(answered, ({ status }) => status);
      expect([statuses.get(200)?.length, statuses.get(503)?.length]).toEqual([63, 137]);
    });

  it('keeps to its share of connections and of places to wait; the rest is refused at once', async () => {
    await duringFlood(async (answered) => {
      expect([slots.heldCount, slots.waitingCount]).toEqual([3, 60]);
      expect(answered).toHaveLength(200 - 3 - 60);
      for (const answer of answered)
        expect(answer).toMatchObject({
          status: 503,
          headers: { 'retry-after': '1' },
          body: { code: 'DATABASE_BUSY' },
        });
    });
    await eventually(() => expect([slots.heldCount, slots.waitingCount]).toEqual([0, 0]));
  });

  it('does not keep another tenant from reading and writing, nor the server from being ready', async () => {
    await duringFlood(async (answered) => {
      const before = answered.length;
      for (let i = 0; i < 20; i++) {
        const body = { title: `of globex ${i}` };
        const written = await api.call('POST', '/v1/notes', { as: api.globex.apiKey, body });
        const read = await api.call('GET', `/v1/notes/${written.body.id}`, { as: api.globex.apiKey });
        expect([written.status, read.status]).toEqual([201, 200]);
      }
      expect((await api.call('GET', '/health/ready')).status).toBe(200);
      expect(answered).toHaveLength(before); // acme's still run or wait
    });
  });
});

/** Waits on the control plane until the test lets go of the lock. */
@ControlPlane()
@Controller('v1/slow-control')
class SlowControlController {
  constructor(private readonly db: ControlDatabase) {}

  @Get()
  @RequireScope('tenant:read')
  async get() {
    await this.db.execute(sql`select pg_advisory_xact_lock_shared(${LOCK})`);
    return {};
  }
}

@Module({ controllers: [SlowControlController] })
class SlowControlModule {}

it('a tenant that floods the control plane leaves a connection to sign others in', async () => {
  const environment = {
    CONTROL_POOL_MAX: '2',
    CACHE_TTL_MS: '1', // everybody is looked up each time
    DATABASE_LOCK_TIMEOUT_MS: '15000',
    DATABASE_CONNECTION_TIMEOUT_MS: '20000',
    DATABASE_CONNECT_DEADLINE_MS: '20000',
  };
  const api = await createTestApp({ imports: [SlowControlModule], environment });
  const slots = api.app.get<TenantSlots>(CONTROL_SLOTS);
  await withClient({ connectionString: api.database.adminUrl }, async (locker) => {
    await locker.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const flood = Array.from({ length: 20 }, () =>
      api.call('GET', '/v1/slow-control', { as: api.acme.apiKey }),
    );
    await eventually(() => expect([slots.heldCount, slots.waitingCount]).toEqual([1, 19]));
    for (let i = 0; i < 10; i++)
      expect((await api.call('GET', '/v1/notes', { as: api.globex.apiKey })).status).toBe(200);
    await locker.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    expect(new Set((await Promise.all(flood)).map(({ status }) => status))).toEqual(new Set([200]));
  });
  await api.close();
});
