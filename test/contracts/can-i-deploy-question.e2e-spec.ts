import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { webAsksOrders, webMeetsOrders } from './stories.js';
import { verdictOf } from './verdict.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

describe('the question', () => {
  it('about an unknown service or environment is not answered', async () => {
    const shop = await webAsksOrders(api);
    expect(await shop.canIDeploy('nobody@1.0.0', 'test')).toMatchObject({
      status: 404,
      body: { code: 'SERVICE_NOT_FOUND' },
    });
    expect(await shop.canIDeploy('web@1.0.0', 'nowhere')).toMatchObject({
      status: 404,
      body: { code: 'ENVIRONMENT_NOT_FOUND' },
    });
  });

  it('of another tenant finds nothing of this one', async () => {
    const shop = await webMeetsOrders(api);
    const globex = shop.as(api.globex.apiKey);
    expect((await globex.canIDeploy('web@1.0.0', 'test')).status).toBe(404);
    await globex.environments('test');
    await globex.versions('web@1.0.0', 'orders@2.0.0');
    await globex.deployed('orders@2.0.0', 'test');
    expect(verdictOf(await globex.canIDeploy('web@1.0.0', 'test'))).toEqual(['yes NO_DEPENDENCIES']);
  });

  it('writes no row', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test', 'incomplete');
    const before = await rowsOfContracts();
    await shop.canIDeploy('web@1.0.0', 'test', { semver: 'minor' });
    await shop.canIDeploy('orders@2.0.0', 'test');
    await shop.canIDeploy('web@7.0.0', 'production');
    expect(await rowsOfContracts()).toEqual(before);
  });

  const TABLES = [
    'services',
    'service_versions',
    'interactions',
    'environments',
    'deployments',
    'dependencies',
    'verification_tasks',
    'verification_results',
    'audit_log',
  ];
  /** Every row with the transaction that wrote it. */
  async function rowsOfContracts() {
    const perTable = TABLES.map((table) => `SELECT '${table}' AS of, id::text, xmin::text FROM ${table}`);
    const { rows } = await api.database.query(`${perTable.join(' UNION ALL ')} ORDER BY 1, 2`);
    return rows;
  }
});
