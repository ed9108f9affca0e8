import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { Scenario } from './scenario.js';

const DAY_MS = 86_400_000;

let api: TestApp;
let world: Scenario;
beforeAll(async () => {
  api = await createTestApp();
  world = new Scenario(api);
  await record('web@1.0.0', 'orders@2.0.0', 'GET /orders', { duration: 10 });
  await record('web@1.1.0', 'orders@2.0.0', 'GET /orders', { duration: 20 });
  await record('web@1.1.0', 'orders@2.0.0', 'POST /orders', { duration: 90 });
  await record('app@7', 'orders@2.0.0', 'GET /orders', { environment: world.nameOf('staging') });
  await record('app@7', 'stock', 'GET /stock');
  await record('old@1', 'orders', 'GET /orders', { timestamp: daysAgo(10), duration: 1_000 });
});
afterAll(() => api.close());

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const record = async (...[consumer, provider, operation, rest]: Parameters<Scenario['interaction']>) => {
  const body = world.interaction(consumer, provider, operation, rest);
  expect((await world.call('POST', '/interactions', { body })).status).toBe(201);
};
const list = async (query: Record<string, string> = {}) =>
  (await world.get('/interactions', query)).body.data;

describe('the list of interactions', () => {
  it.each<[Record<string, string>, string[]]>([
    [{ provider: 'orders' }, ['old@1', 'app@7', 'web@1.1.0', 'web@1.1.0', 'web@1.0.0']],
    [{ provider: 'stock' }, ['app@7']],
    [{ consumer: 'web' }, ['web@1.1.0', 'web@1.1.0', 'web@1.0.0']],
    [{ consumer: 'web', consumerVersion: '1.0.0' }, ['web@1.0.0']],
    [{ provider: 'orders', environment: 'staging' }, ['app@7']],
    [{ provider: 'orders', operation: 'POST /orders' }, ['web@1.1.0']],
    [{ provider: 'orders', consumer: 'nobody' }, []],
    [{ provider: 'web' }, []],
  ])('of %j holds %j, newest first', async (query, expected) => {
    const rows = await list(query);
    expect(
      rows.map(({ consumer, consumerVersion }: Record<string, string>) => `${consumer}@${consumerVersion}`),
    ).toEqual(expected);
  });

  it('shows the messages only where they are asked for', async () => {
    const [row] = await list({ provider: 'stock' });
    for (const field of ['request', 'response', 'clientInfo']) expect(row).not.toHaveProperty(field);
    const [whole] = await list({ provider: 'stock', include: 'messages' });
    expect(whole).toMatchObject({ ...row, request: { path: '/stock' }, response: { status: 200 } });
    expect((await world.get('/interactions', { include: 'everything' })).status).toBe(400);
  });

  it('comes page by page', async () => {
    const first = await world.get('/interactions', { provider: 'orders', limit: 3 });
    expect(first.headers['link']).toContain('rel="next"');
    const second = await world.get('/interactions', {
      provider: 'orders',
      limit: 3,
      after: first.body.page.next,
    });
    expect([first.body.data.length, second.body.data.length, second.body.page.next]).toEqual([3, 2, null]);
  });
});

describe('the statistics of a provider', () => {
  const stats = (service: string, query = '') =>
    world.call('GET', `/services/${world.nameOf(service)}/interactions/stats${query}`);

  it('tell who asked, how often, and how long it took, by operation, in the last 7 days', async () => {
    expect((await stats('orders')).body).toEqual({
      days: 7,
      interactions: 4,
      consumers: ['app', 'web'],
      meanDuration: 40,
      p95Duration: 83,
      operations: [
        { operation: 'GET /orders', interactions: 3, meanDuration: 15, p95Duration: 19.5 },
        { operation: 'POST /orders', interactions: 1, meanDuration: 90, p95Duration: 90 },
      ],
    });
  });

  it('look back as far as they are asked to', async () => {
    expect((await stats('orders', '?days=11')).body).toMatchObject({
      days: 11,
      interactions: 5,
      consumers: ['app', 'old', 'web'],
    });
    for (const days of ['0', '366', 'x', '1.5', ''])
      expect((await stats('orders', `?days=${days}`)).status).toBe(400);
  });

  it('are empty where nobody asked, and unknown of who does not exist', async () => {
    expect((await stats('web')).body).toEqual({
      days: 7,
      interactions: 0,
      consumers: [],
      meanDuration: null,
      p95Duration: null,
      operations: [],
    });
    expect((await stats('nobody')).status).toBe(404);
  });
});

it('interactions of a service that is gone are found by nobody', async () => {
  const [row] = await list({ provider: 'stock' });
  await world.call('DELETE', `/services/${world.nameOf('stock')}`);
  expect(await list({ provider: 'stock' })).toEqual([]);
  expect((await world.call('GET', `/interactions/${row.id}`)).status).toBe(404);
});
