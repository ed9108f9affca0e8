import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { Scenario } from './scenario.js';

let api: TestApp;
let world: Scenario;
beforeAll(async () => {
  api = await createTestApp();
  const { body } = await api.call('POST', '/v1/admin/tenants', {
    as: api.operator.apiKey,
    body: { slug: 'counted', name: 'Counted' },
  });
  const key = await api.call('POST', `/v1/admin/tenants/${body.id}/api-keys`, {
    as: api.operator.apiKey,
    body: { name: 'first' },
  });
  world = new Scenario(api, key.body.apiKey);
});
afterAll(() => api.close());

const stats = async () => (await world.call('GET', '/stats')).body;
const propose = async (operation: string, decision?: string) => {
  const body = {
    service: world.nameOf('orders'),
    serviceVersion: '2.0.0',
    operation,
    data: { request: {}, response: {} },
  };
  const { body: fixture } = await world.call('POST', '/fixtures', { body });
  if (decision) await world.call('POST', `/fixtures/${fixture.id}/${decision}`);
};

describe('the statistics of a tenant', () => {
  it('of nothing are zero, and no rate', async () => {
    expect(await stats()).toEqual({
      counts: {
        services: 0,
        environments: 0,
        interactions: 0,
        activeDeployments: 0,
        fixtures: { draft: 0, approved: 0, rejected: 0, deprecated: 0 },
      },
      openTasks: 0,
      pendingFixtures: 0,
      passRate: { passed: 0, total: 0, rate: null },
      health: [],
    });
  });

  it('count what there is, what waits, and what passed; and say how each provider stands', async () => {
    await world.environments('test');
    await world.versions('orders@2.0.0', 'stock@1.0.0');
    await world.recorded('web@1.0.0', 'orders', 'GET /a', 'GET /b');
    await world.recorded('web@1.0.0', 'stock');
    await world.deployed('orders@2.0.0', 'test');
    await world.deployed('stock@1.0.0', 'test');
    await world.deployed('web@1.0.0', 'test');
    await propose('GET /a');
    await propose('GET /b', 'approve');
    await propose('GET /c', 'reject');
    expect(await stats()).toMatchObject({
      counts: {
        services: 3,
        environments: 1,
        interactions: 3,
        activeDeployments: 3,
        fixtures: { draft: 1, approved: 1, rejected: 1, deprecated: 0 },
      },
      openTasks: 2,
      pendingFixtures: 1,
      health: [
        { service: 'orders', state: 'waiting', verified: 0, failed: 0, open: 1 },
        { service: 'stock', state: 'waiting', open: 1 },
      ],
    });
    await world.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await world.verified('web@1.0.0', 'stock@1.0.0', 'test', 'failed');
    expect(await stats()).toMatchObject({
      openTasks: 0,
      passRate: { passed: 1, total: 2, rate: 0.5 },
      health: [
        { service: 'orders', state: 'passing', verified: 1, failed: 0, open: 0 },
        { service: 'stock', state: 'failing', verified: 0, failed: 1, open: 0 },
      ],
    });
  });

  it('leave out what is deployed no more, and services that are gone', async () => {
    await world.undeployed('web', 'test');
    await world.call('DELETE', `/services/${world.nameOf('web')}`);
    const { counts } = await stats();
    expect(counts).toMatchObject({ services: 2, activeDeployments: 2 });
  });
});
