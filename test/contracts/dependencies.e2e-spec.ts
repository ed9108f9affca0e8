import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { Scenario } from './scenario.js';

let api: TestApp;
let world: Scenario;
beforeAll(async () => {
  api = await createTestApp();
  // The graph shows all of a tenant: a tenant that no demo data is in.
  world = new Scenario(api, api.globex.apiKey);
  await world.versions('lonely@1.0.0');
  await world.recorded('web@1.0.0', 'orders', 'GET /a', 'GET /b');
  await world.recorded('web@1.1.0', 'orders', 'GET /a');
  await world.recorded('orders@2.0.0', 'stock');
});
afterAll(() => api.close());

interface Dependency {
  consumer: string;
  consumerVersion: string;
  provider: string;
}
const textOf = ({ consumer, consumerVersion, provider }: Dependency) =>
  `${consumer}@${consumerVersion} -> ${provider}`;
const list = async (query: Record<string, string | number> = {}) =>
  (await world.get('/dependencies', query)).body.data.map(textOf);

describe('the dependencies', () => {
  it('are those that recordings have shown: one per consumer version and provider, newest first', async () => {
    expect((await list()).slice(0, 3)).toEqual([
      'orders@2.0.0 -> stock',
      'web@1.1.0 -> orders',
      'web@1.0.0 -> orders',
    ]);
  });

  it('of a service are those it has and those that have it', async () => {
    expect(await list({ service: 'orders' })).toHaveLength(3);
    expect(await list({ service: 'stock' })).toEqual(['orders@2.0.0 -> stock']);
    expect(await list({ service: 'lonely' })).toEqual([]);
    expect(await world.get('/dependencies', { service: 'nobody' })).toMatchObject({
      status: 404,
      body: { code: 'SERVICE_NOT_FOUND' },
    });
  });

  it('tell when they were seen first and last', async () => {
    const seen = async () => (await world.get('/dependencies', { service: 'stock' })).body.data[0];
    const before = await seen();
    await world.recorded('orders@2.0.0', 'stock');
    const after = await seen();
    expect(after).toMatchObject({ id: before.id, firstSeenAt: before.firstSeenAt });
    expect(Date.parse(after.lastSeenAt)).toBeGreaterThan(Date.parse(before.lastSeenAt));
  });

  it('come page by page', async () => {
    const { body } = await world.get('/dependencies', { service: 'orders', limit: 2 });
    expect(await list({ service: 'orders', limit: 2, after: body.page.next })).toEqual([
      'web@1.0.0 -> orders',
    ]);
  });
});

describe('the graph', () => {
  const graph = async () => {
    const { headers, body } = await world.call('GET', '/graph');
    expect(headers).toMatchObject({ vary: expect.stringMatching(/accept/i) });
    return body as { services: { name: string }[]; calls: object[] };
  };

  it('holds every service, and each call once with the number of versions that make it', async () => {
    const { services, calls } = await graph();
    const names = services.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['lonely', 'orders', 'stock', 'web']));
    expect(calls).toEqual(
      expect.arrayContaining([
        { consumer: 'orders', provider: 'stock', versions: 1, lastSeenAt: expect.any(String) },
        { consumer: 'web', provider: 'orders', versions: 2, lastSeenAt: expect.any(String) },
      ]),
    );
  });

  it('leaves out a service that is gone, with its calls', async () => {
    await world.recorded('gone@1.0.0', 'orders');
    await world.call('DELETE', `/services/${world.nameOf('gone')}`);
    expect(JSON.stringify(await graph())).not.toContain('gone');
    expect((await list()).join()).not.toContain('gone');
  });
});
