import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { Scenario } from './scenario.js';
import { webAsksOrders, webMeetsOrders } from './stories.js';
import type { Task } from './tasks.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

/** `web@1.0.0 -> orders@2.0.0 in test: 2, open` per task. */
const linesOf = (tasks: Task[]) =>
  tasks
    .map(
      ({ consumer, consumerVersion, provider, providerVersion, environment, interactionCount, status }) =>
        `${consumer}@${consumerVersion} -> ${provider}@${providerVersion} in ${environment}: ${interactionCount}, ${status}`,
    )
    .toSorted();
const tasksOf = async (shop: Scenario, provider = 'orders') => linesOf(await shop.tasks({ provider }));

describe('a task is made', () => {
  it('where a consumer is deployed beside a provider it has asked', async () => {
    const shop = await webAsksOrders(api);
    expect(await tasksOf(shop)).toEqual([]);
    await shop.deployed('web@1.0.0', 'test');
    expect(await tasksOf(shop)).toEqual(['web@1.0.0 -> orders@2.0.0 in test: 2, open']);
  });

  it('where a provider is deployed, for every consumer that runs there and has asked it', async () => {
    const shop = await webAsksOrders(api);
    await shop.recorded('app@3.0.0', 'orders', 'GET /orders');
    await shop.recorded('app@3.1.0', 'orders', 'GET /orders');
    await shop.deployed('web@1.0.0', 'production');
    await shop.deployed('app@3.1.0', 'production');
    await shop.deployed('orders@2.0.0', 'production');
    expect(await tasksOf(shop)).toEqual([
      'app@3.1.0 -> orders@2.0.0 in production: 1, open',
      'web@1.0.0 -> orders@2.0.0 in production: 2, open',
    ]);
  });

  it('where something is recorded for a consumer version that runs there', async () => {
    const shop = new Scenario(api);
    await shop.environments('test', 'production');
    await shop.versions('web@1.0.0', 'orders@2.0.0');
    await shop.deployed('orders@2.0.0', 'test', 'production');
    await shop.deployed('web@1.0.0', 'test', 'production');
    await shop.recorded('web@1.0.0', 'orders');
    expect(await tasksOf(shop)).toEqual([
      'web@1.0.0 -> orders@2.0.0 in production: 1, open',
      'web@1.0.0 -> orders@2.0.0 in test: 1, open',
    ]);
  });
});

describe('no task is made', () => {
  it('without interactions', async () => {
    const shop = new Scenario(api);
    await shop.environments('test');
    await shop.versions('web@1.0.0', 'orders@2.0.0');
    await shop.deployed('orders@2.0.0', 'test');
    await shop.deployed('web@1.0.0', 'test');
    expect(await tasksOf(shop)).toEqual([]);
  });

  it('for a version of the consumer that was not recorded', async () => {
    const shop = await webAsksOrders(api);
    await shop.versions('web@2.0.0');
    await shop.deployed('web@2.0.0', 'test');
    await shop.recorded('web@3.0.0', 'orders');
    expect(await tasksOf(shop)).toEqual([]);
  });

  it('where consumer and provider run in different environments', async () => {
    const shop = await webAsksOrders(api);
    await shop.deployed('web@1.0.0', 'production');
    expect(await tasksOf(shop)).toEqual([]);
  });

  it('twice: the same events again find the same task', async () => {
    const shop = await webMeetsOrders(api);
    const shown = async () => {
      const tasks = await shop.tasks({ provider: 'orders' });
      return tasks.map((task) => ({ ...task, updatedAt: undefined }));
    };
    const before = await shown();
    await shop.deployed('web@1.0.0', 'test');
    await shop.deployed('orders@2.0.0', 'test');
    await shop.recorded('web@1.0.0', 'orders', 'GET /orders');
    await shop.undeployed('web', 'test');
    await shop.deployed('web@1.0.0', 'test');
    expect(await shown()).toEqual(before);
  });
});

describe('a snapshot', () => {
  it('holds the interactions with request and response, the newest first', async () => {
    const shop = await webMeetsOrders(api);
    const task = await shop.task('web@1.0.0', 'orders@2.0.0', 'test');
    expect(task.interactions).toMatchObject([
      {
        operation: 'GET /orders/{id}',
        request: { method: 'GET', path: '/orders/{id}' },
        response: { status: 200, body: { answers: 'GET /orders/{id}' } },
      },
      { operation: 'GET /orders' },
    ]);
  });

  it('that changed opens the task again, verified or failed', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    expect(await tasksOf(shop)).toEqual(['web@1.0.0 -> orders@2.0.0 in test: 2, verified']);
    await shop.recorded('web@1.0.0', 'orders', 'GET /orders/{id}/lines');
    expect(await tasksOf(shop)).toEqual(['web@1.0.0 -> orders@2.0.0 in test: 3, open']);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test', 'failed');
    await shop.recorded('web@1.0.0', 'orders', 'POST /orders');
    expect(await tasksOf(shop)).toEqual(['web@1.0.0 -> orders@2.0.0 in test: 4, open']);
  });

  it('stays as it is where a known interaction is recorded again', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.recorded('web@1.0.0', 'orders', 'GET /orders');
    expect(await tasksOf(shop)).toEqual(['web@1.0.0 -> orders@2.0.0 in test: 2, verified']);
  });

  it('is left alone by what the consumer asks another provider', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.versions('stock@1.0.0');
    await shop.deployed('stock@1.0.0', 'test');
    await shop.recorded('web@1.0.0', 'stock');
    expect(await tasksOf(shop)).toEqual(['web@1.0.0 -> orders@2.0.0 in test: 2, verified']);
    expect(await tasksOf(shop, 'stock')).toEqual(['web@1.0.0 -> stock@1.0.0 in test: 1, open']);
  });

  it('has at most 100 interactions, the newest; whoever verified them has verified enough', async () => {
    const shop = await webAsksOrders(api);
    await shop.deployed('web@1.0.0', 'test');
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    const more = Array.from({ length: 100 }, (_, i) => shop.interaction('web@1.0.0', 'orders', `GET /${i}`));
    await shop.recordBatch(more);
    const task = await shop.task('web@1.0.0', 'orders@2.0.0', 'test');
    const operations = task.interactions.map(({ operation }) => operation);
    expect(operations.toSorted()).toEqual(more.map(({ operation }) => operation).toSorted());
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    expect((await shop.canIDeploy('web@1.0.0', 'test')).body.canDeploy).toBe(true);
  });
});

describe('where another version is deployed', () => {
  it('what was open for the old one is superseded, there and nowhere else', async () => {
    const shop = await webMeetsOrders(api);
    await shop.deployed('orders@2.0.0', 'production');
    await shop.deployed('web@1.0.0', 'production');
    await shop.versions('orders@2.1.0');
    await shop.deployed('orders@2.1.0', 'test');
    expect(await tasksOf(shop)).toEqual([
      'web@1.0.0 -> orders@2.0.0 in production: 2, open',
      'web@1.0.0 -> orders@2.0.0 in test: 2, superseded',
      'web@1.0.0 -> orders@2.1.0 in test: 2, open',
    ]);
    await shop.recorded('web@1.1.0', 'orders', 'GET /orders');
    await shop.deployed('web@1.1.0', 'test');
    expect(await tasksOf(shop)).toEqual([
      'web@1.0.0 -> orders@2.0.0 in production: 2, open',
      'web@1.0.0 -> orders@2.0.0 in test: 2, superseded',
      'web@1.0.0 -> orders@2.1.0 in test: 2, superseded',
      'web@1.1.0 -> orders@2.1.0 in test: 1, open',
    ]);
  });

  it('what had its result keeps it', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.versions('orders@2.1.0');
    await shop.deployed('orders@2.1.0', 'test');
    expect(await tasksOf(shop)).toEqual([
      'web@1.0.0 -> orders@2.0.0 in test: 2, verified',
      'web@1.0.0 -> orders@2.1.0 in test: 2, open',
    ]);
  });

  it('and rolled back, the task of the old one is open again, with what was recorded since', async () => {
    const shop = await webMeetsOrders(api);
    await shop.versions('orders@2.1.0');
    await shop.deployed('orders@2.1.0', 'test');
    await shop.recorded('web@1.0.0', 'orders', 'POST /orders');
    await shop.deployed('orders@2.0.0', 'test');
    expect(await tasksOf(shop)).toEqual([
      'web@1.0.0 -> orders@2.0.0 in test: 3, open',
      'web@1.0.0 -> orders@2.1.0 in test: 3, superseded',
    ]);
  });

  it('an incomplete result for the old one does not open its task again', async () => {
    const shop = await webMeetsOrders(api);
    await shop.versions('orders@2.1.0');
    await shop.deployed('orders@2.1.0', 'test');
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test', 'incomplete');
    expect(await tasksOf(shop)).toContain('web@1.0.0 -> orders@2.0.0 in test: 2, superseded');
  });
});

describe('where a version is undeployed', () => {
  it.each(['web', 'orders'])('nothing waits for %s any more until it is back', async (service) => {
    const shop = await webMeetsOrders(api);
    const { length } = await shop.tasks({ status: 'open', provider: 'orders' });
    await shop.undeployed(service, 'test');
    expect([length, await tasksOf(shop)]).toEqual([1, ['web@1.0.0 -> orders@2.0.0 in test: 2, superseded']]);
    await shop.deployed(service === 'web' ? 'web@1.0.0' : 'orders@2.0.0', 'test');
    expect(await tasksOf(shop)).toEqual(['web@1.0.0 -> orders@2.0.0 in test: 2, open']);
  });

  it('what had its result keeps it', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.undeployed('web', 'test');
    expect(await tasksOf(shop)).toEqual(['web@1.0.0 -> orders@2.0.0 in test: 2, verified']);
  });
});

describe('the list', () => {
  it('is filtered by status, and by provider, consumer and environment', async () => {
    const shop = await webMeetsOrders(api);
    await shop.versions('orders@2.1.0');
    await shop.deployed('orders@2.1.0', 'test');
    expect(linesOf(await shop.tasks({ consumer: 'web', environment: 'test', status: 'open' }))).toEqual([
      'web@1.0.0 -> orders@2.1.0 in test: 2, open',
    ]);
    expect(await shop.tasks({ provider: 'orders', environment: 'production' })).toEqual([]);
    expect(await shop.tasks({ provider: 'web' })).toEqual([]);
  });

  it('shows nothing to another tenant', async () => {
    const shop = await webMeetsOrders(api);
    const { id } = await shop.task('web@1.0.0', 'orders@2.0.0', 'test');
    const globex = shop.as(api.globex.apiKey);
    expect(await globex.tasks({})).toEqual([]);
    expect(await globex.get(`/verification-tasks/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'VERIFICATION_TASK_NOT_FOUND' },
    });
  });

  it('leaves out what was to be verified for a service or an environment that is gone', async () => {
    const shop = await webMeetsOrders(api);
    await shop.deployed('orders@2.0.0', 'production');
    await shop.deployed('web@1.0.0', 'production');
    await shop.undeployed('orders', 'production');
    await shop.undeployed('web', 'production');
    await shop.call('DELETE', `/environments/${shop.nameOf('production')}`);
    expect(await tasksOf(shop)).toEqual(['web@1.0.0 -> orders@2.0.0 in test: 2, open']);
    await shop.undeployed('web', 'test');
    await shop.call('DELETE', `/services/${shop.nameOf('web')}`);
    expect(await tasksOf(shop)).toEqual([]);
  });
});

it('a service that is registered anew begins anew: what the old one asked is recorded again', async () => {
  const shop = await webMeetsOrders(api);
  await shop.undeployed('web', 'test');
  await shop.call('DELETE', `/services/${shop.nameOf('web')}`);
  expect((await shop.record('web@1.0.0', 'orders', 'GET /orders')).status).toBe(201);
  await shop.deployed('web@1.0.0', 'test');
  expect(await tasksOf(shop)).toEqual(['web@1.0.0 -> orders@2.0.0 in test: 1, open']);
});
