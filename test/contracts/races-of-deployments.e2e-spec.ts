import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '../../src/migrations/index.js';
import type { Answer, TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { ROUNDS, type RaceCourse, openRaceCourse, rounds } from './race.js';
import { type Participant, Scenario } from './scenario.js';
import { webAsksOrders, webMeetsOrders } from './stories.js';
import { verdictOf } from './verdict.js';

let course: RaceCourse;
let api: TestApp;
beforeAll(async () => {
  course = await openRaceCourse();
  api = course.api;
});
afterAll(() => course.close());

const statusesOf = (answers: Answer[]) => answers.map(({ status }) => status).toSorted();

describe('deployments', () => {
  it.each([2, 8])('of %i versions at once leave one active, and open tasks for that only', async (count) => {
    for (let round = 0; round < ROUNDS; round++) {
      const shop = await webMeetsOrders(api);
      const versions = Array.from({ length: count }, (_, i): Participant => `orders@3.0.${i}`);
      await shop.versions(...versions);
      const answers = await Promise.all(
        versions.map((version, i) => course.onBoth(shop)[i % 2]!.deploy(version, 'test')),
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
        Array.from({ length: 6 }, (_, i) => course.onBoth(shop)[i % 2]!.deploy('web@1.0.0', 'test')),
      );
      expect(statusesOf(answers)).toEqual([200, 200, 200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    }),
  );

  it(
    'of consumer and provider at once make their task',
    rounds(async () => {
      const shop = await webAsksOrders(api);
      const [one, two] = course.onBoth(shop);
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
        const [one, two] = course.onBoth(shop);
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
        const [one, two] = course.onBoth(shop);
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
      const [one, two] = course.onBoth(shop);
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
      const [one, two] = course.onBoth(shop);
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
