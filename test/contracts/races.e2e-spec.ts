import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '../../src/migrations/index.js';
import { type Answer, type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { type Participant, Scenario } from './scenario.js';
import { webAsksOrders, webMeetsOrders } from './stories.js';
import { verdictOf } from './verdict.js';

const ROUNDS = 3;

let api: TestApp;
/** A second instance on the same database. */
let other: TestApp;
beforeAll(async () => {
  api = await createTestApp();
  other = await createTestApp({ sharing: api });
  // Else the first of a race would be over while the others still connect.
  const reads = Array.from({ length: 12 }, (_, i) =>
    [api, other][i % 2]!.call('GET', '/v1/services', { as: api.acme.apiKey }),
  );
  await Promise.all(reads);
});
afterAll(async () => {
  await other.close();
  await api.close();
});

/** A race is lost now and then only: once more, and once more. */
const rounds = (race: () => Promise<void>) => async () => {
  for (let round = 0; round < ROUNDS; round++) await race();
};
const onBoth = (shop: Scenario) => [shop.through(api), shop.through(other)] as const;
const statusesOf = (answers: Answer[]) => answers.map(({ status }) => status).toSorted();
const shuffled = <T>(values: T[]) => values.toSorted(() => Math.random() - 0.5);

/** web and the providers run in test, and web has asked each of them one thing. */
async function webAsks(...providers: string[]): Promise<Scenario> {
  const shop = new Scenario(api);
  await shop.environments('test');
  for (const name of ['web', ...providers]) {
    await shop.versions(`${name}@1.0.0`);
    await shop.deployed(`${name}@1.0.0`, 'test');
  }
  for (const name of providers) await shop.recorded('web@1.0.0', name, 'GET /0');
  return shop;
}

describe('an interaction', () => {
  it(
    'recorded 50 times at once is stored once: one 201, and 49 times 200 with the same id',
    rounds(async () => {
      const both = onBoth(new Scenario(api));
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, i) => both[i % 2]!.record('web@1.0.0', 'orders')),
      );
      expect(statusesOf(answers)).toEqual([...Array<number>(49).fill(200), 201]);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect((await both[0].get('/interactions', { consumer: 'web' })).body.data).toHaveLength(1);
    }),
  );

  it(
    'in several batches at once is recorded by one of them, and none waits for another in a circle',
    rounds(async () => {
      const shop = new Scenario(api);
      const consumers = ['web@1.0.0', 'app@2.0.0', 'kiosk@3.0.0'] as const;
      const items = consumers.flatMap((consumer) =>
        ['orders@1.0.0', 'stock@1.0.0', 'billing@1.0.0'].flatMap((provider) =>
          ['GET /1', 'GET /2', 'GET /3'].map((operation) => shop.interaction(consumer, provider, operation)),
        ),
      );
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) => onBoth(shop)[i % 2]!.recordBatch(shuffled(items))),
      );
      expect(statusesOf(answers)).toEqual(Array(10).fill(200));
      expect(answers.reduce((sum, { body }) => sum + body.summary.recorded, 0)).toBe(items.length);
    }),
  );

  it(
    'of one consumer with each of several providers at once goes into the task of each',
    rounds(async () => {
      const providers = ['orders', 'stock', 'billing', 'mail', 'search', 'taxes'];
      const shop = await webAsks(...providers);
      const answers = await Promise.all(
        providers.flatMap((name, i) =>
          [1, 2].map((n) => onBoth(shop)[(i + n) % 2]!.record('web@1.0.0', name, `GET /${n}`)),
        ),
      );
      expect(statusesOf(answers)).toEqual(Array(2 * providers.length).fill(201));
      const tasks = await shop.tasks({ consumer: 'web' });
      expect(tasks.map(({ interactionCount }) => interactionCount)).toEqual(providers.map(() => 3));
    }),
  );

  it('of one consumer with two providers at once waits for no task that the other has', async () => {
    const shop = await webAsks('orders', 'stock', 'billing');
    const { id } = await shop.task('web@1.0.0', 'stock@1.0.0', 'test');
    await withClient({ connectionString: api.database.adminUrl }, async (blocker) => {
      await blocker.query('BEGIN');
      await blocker.query('SELECT 1 FROM verification_tasks WHERE id = $1 FOR UPDATE', [id]);
      const [one, two] = onBoth(shop);
      expect((await one.record('web@1.0.0', 'orders', 'GET /1')).status).toBe(201);
      expect((await two.record('web@1.0.0', 'billing', 'GET /1')).status).toBe(201);
      await blocker.query('ROLLBACK');
    });
  });
});

describe('deployments', () => {
  it.each([2, 8])('of %i versions at once leave one active, and open tasks for that only', async (count) => {
    for (let round = 0; round < ROUNDS; round++) {
      const shop = await webMeetsOrders(api);
      const versions = Array.from({ length: count }, (_, i): Participant => `orders@3.0.${i}`);
      await shop.versions(...versions);
      const answers = await Promise.all(
        versions.map((version, i) => onBoth(shop)[i % 2]!.deploy(version, 'test')),
      );
      expect(statusesOf(answers)).toEqual(Array(count).fill(201));
      const active = (await shop.deployments({ service: 'orders', active: true })).body.data;
      expect(active).toHaveLength(1);
      const open = await shop.tasks({ provider: 'orders', status: 'open' });
      expect(open.map(({ providerVersion }) => providerVersion)).toEqual([active[0].version]);
    }
  });

  it(
    'of one version at once are one deployment',
    rounds(async () => {
      const shop = await webAsksOrders(api);
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, i) => onBoth(shop)[i % 2]!.deploy('web@1.0.0', 'test')),
      );
      expect(statusesOf(answers)).toEqual([200, 200, 200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    }),
  );

  it(
    'of consumer and provider at once make their task',
    rounds(async () => {
      const shop = await webAsksOrders(api);
      const [one, two] = onBoth(shop);
      await Promise.all([
        one.deployed('web@1.0.0', 'production'),
        two.deployed('orders@2.0.0', 'production'),
      ]);
      expect(await shop.task('web@1.0.0', 'orders@2.0.0', 'production')).toMatchObject({
        interactionCount: 2,
      });
    }),
  );

  it.each(['web@1.0.0', 'orders@2.0.0'] as const)(
    'of %s while something is recorded leave a task with everything',
    async (deployed) => {
      for (let round = 0; round < ROUNDS; round++) {
        const shop = await webAsksOrders(api);
        const [one, two] = onBoth(shop);
        await shop.deployed(deployed === 'web@1.0.0' ? 'orders@2.0.0' : 'web@1.0.0', 'production');
        const recordings = [1, 2, 3, 4].map((n) => one.recorded('web@1.0.0', 'orders', `GET /${n}`));
        await Promise.all([...recordings, two.deployed(deployed, 'production')]);
        expect(await shop.task('web@1.0.0', 'orders@2.0.0', 'production')).toMatchObject({
          interactionCount: 6,
        });
      }
    },
  );

  it.each(['services', 'environments'])(
    'never stay in what is removed at the same moment (%s)',
    async (kind) => {
      for (let round = 0; round < 2 * ROUNDS; round++) {
        const shop = new Scenario(api);
        await shop.environments('test');
        await shop.versions('web@1.0.0');
        const [one, two] = onBoth(shop);
        const path = `/${kind}/${shop.nameOf(kind === 'services' ? 'web' : 'test')}`;
        const race = [() => one.deploy('web@1.0.0', 'test'), () => two.call('DELETE', path)] as const;
        const [deploy, remove] =
          round % 2 === 0
            ? await Promise.all([race[0](), race[1]()])
            : await Promise.all([race[1](), race[0]()]).then(
                (answers) => answers.toReversed() as [Answer, Answer],
              );
        expect([
          [201, 409],
          [404, 204],
        ]).toContainEqual([deploy.status, remove.status]);
      }
    },
  );
});

describe('results', () => {
  it(
    'for a snapshot that grows at the same moment never say more than they cover',
    rounds(async () => {
      const shop = await webMeetsOrders(api);
      const [one, two] = onBoth(shop);
      const task = await shop.task('web@1.0.0', 'orders@2.0.0', 'test');
      const recordThenAsk = async () => {
        await one.recorded('web@1.0.0', 'orders', 'GET /new');
        return one.canIDeploy('web@1.0.0', 'test');
      };
      const [submitted, asked] = await Promise.all([two.verify(task, 'passed'), recordThenAsk()]);
      expect(submitted.status).toBe(201);
      expect(asked.body.canDeploy).toBe(false);
      expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))[0]).toBe('no INCOMPLETE');
      expect(await shop.task('web@1.0.0', 'orders@2.0.0', 'test')).toMatchObject({
        status: 'open',
        interactionCount: 3,
      });
    }),
  );

  it('do not cover what was recorded before them, and became visible after them', async () => {
    const shop = await webMeetsOrders(api);
    await withClient({ connectionString: api.database.adminUrl }, async (blocker) => {
      // Whoever records this version of orders, too, waits here, after its interaction was stored.
      await blocker.query('BEGIN');
      await blocker.query(
        `INSERT INTO service_versions (tenant_id, id, service_id, version, created_by)
         SELECT tenant_id, gen_random_uuid(), id, '7.7.7', 'blocker' FROM services WHERE name = $1`,
        [shop.nameOf('orders')],
      );
      const early = shop.record('web@1.0.0', 'orders@7.7.7', 'GET /early');
      await eventually(async () => expect(await waiting()).toBe(1));
      await shop.recorded('web@1.0.0', 'orders', 'GET /late');
      await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
      expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))[0]).toBe('yes');
      await blocker.query('ROLLBACK');
      expect((await early).status).toBe(201);
    });
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))[0]).toBe('no INCOMPLETE');
    const task = await shop.task('web@1.0.0', 'orders@2.0.0', 'test');
    expect(task).toMatchObject({ status: 'open', interactionCount: 4 });
    expect(task.interactions.map(({ operation }) => operation)).toContain('GET /early');
  });

  it(
    'of two submitted at once: the one that is listed as the newest is the state of the task',
    rounds(async () => {
      const shop = await webMeetsOrders(api);
      const [one, two] = onBoth(shop);
      const task = await shop.task('web@1.0.0', 'orders@2.0.0', 'test');
      await Promise.all([one.verify(task, 'passed'), two.verify(task, 'failed')]);
      const [newest] = (await shop.get('/verification-results', { consumer: 'web' })).body.data;
      const { status } = await shop.task('web@1.0.0', 'orders@2.0.0', 'test');
      expect(status).toBe(newest.outcome === 'passed' ? 'verified' : 'failed');
      expect((await shop.canIDeploy('web@1.0.0', 'test')).body.canDeploy).toBe(status === 'verified');
    }),
  );

  /** Statements of the suite's database that wait for a lock. */
  const waiting = async () => {
    const { rows } = await api.database.query<{ count: string }>(
      `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return Number(rows[0]!.count);
  };
});

describe('a fixture', () => {
  it(
    'approved and rejected at once is one of them; the others learn its state',
    rounds(async () => {
      const shop = new Scenario(api);
      const body = {
        service: shop.nameOf('orders'),
        serviceVersion: '1.0.0',
        operation: 'GET /orders',
        data: { request: { path: '/orders' }, response: { status: 200 } },
      };
      const { id } = (await shop.call('POST', '/fixtures', { body })).body;
      const decisions = ['approve', 'reject', 'approve', 'reject'];
      const answers = await Promise.all(
        decisions.map((decision, i) => onBoth(shop)[i % 2]!.call('POST', `/fixtures/${id}/${decision}`)),
      );
      expect(statusesOf(answers)).toEqual([200, 409, 409, 409]);
      const won = answers.find(({ status }) => status === 200)!;
      expect((await shop.call('GET', `/fixtures/${id}`)).body.status).toBe(won.body.status);
      const refused = answers.filter(({ status }) => status === 409);
      expect(refused.map((answer) => answer.body.code)).toEqual(Array(3).fill('FIXTURE_STATE'));
    }),
  );
});

describe('a service', () => {
  it(
    'removed while something is recorded of it: either that is found, or it went with the service',
    rounds(async () => {
      const shop = new Scenario(api);
      await shop.versions('web@1.0.0');
      const [one, two] = onBoth(shop);
      const [removed, recorded] = await Promise.all([
        two.call('DELETE', `/services/${shop.nameOf('web')}`),
        one.record('web@1.0.0', 'orders'),
      ]);
      expect([removed.status, recorded.status]).toEqual([204, 201]);
      const { status } = await shop.call('GET', `/services/${shop.nameOf('web')}`);
      const found = (await shop.get('/interactions', { consumer: 'web' })).body.data;
      expect(found).toHaveLength(status === 200 ? 1 : 0);
    }),
  );
});
