import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '../../src/migrations/index.js';
import type { Answer, TestApp } from '../support/app.js';
import { type RaceCourse, openRaceCourse, rounds } from './race.js';
import { Scenario } from './scenario.js';

let course: RaceCourse;
let api: TestApp;
beforeAll(async () => {
  course = await openRaceCourse();
  api = course.api;
});
afterAll(() => course.close());

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
      const both = course.onBoth(new Scenario(api));
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
        Array.from({ length: 10 }, (_, i) => course.onBoth(shop)[i % 2]!.recordBatch(shuffled(items))),
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
          [1, 2].map((n) => course.onBoth(shop)[(i + n) % 2]!.record('web@1.0.0', name, `GET /${n}`)),
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
      const [one, two] = course.onBoth(shop);
      expect((await one.record('web@1.0.0', 'orders', 'GET /1')).status).toBe(201);
      expect((await two.record('web@1.0.0', 'billing', 'GET /1')).status).toBe(201);
      await blocker.query('ROLLBACK');
    });
  });
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
        decisions.map((decision, i) =>
          course.onBoth(shop)[i % 2]!.call('POST', `/fixtures/${id}/${decision}`),
        ),
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
      const [one, two] = course.onBoth(shop);
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
