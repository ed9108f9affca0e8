import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import type { Scenario } from './scenario.js';
import { webMeetsOrders } from './stories.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

interface Cell {
  consumer: string;
  consumerVersion: string;
  provider: string;
  providerVersion: string;
  outcome: string;
}

const linesOf = ({ body }: { body: { data: Cell[] } }) =>
  body.data.map(
    (cell) =>
      `${cell.consumer}@${cell.consumerVersion} x ${cell.provider}@${cell.providerVersion}: ${cell.outcome}`,
  );

/** web 1.0.0 failed, then passed, with orders 2.0.0; it failed with orders 2.1.0; web 1.1.0 passed with that. */
async function someWereVerified(): Promise<Scenario> {
  const shop = await webMeetsOrders(api);
  await shop.verified('web@1.0.0', 'orders@2.0.0', 'test', 'failed');
  await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
  await shop.versions('orders@2.1.0');
  await shop.deployed('orders@2.1.0', 'test');
  await shop.verified('web@1.0.0', 'orders@2.1.0', 'test', 'failed');
  await shop.recorded('web@1.1.0', 'orders', 'GET /orders');
  await shop.deployed('web@1.1.0', 'test');
  await shop.verified('web@1.1.0', 'orders@2.1.0', 'test');
  return shop;
}

describe('the matrix', () => {
  it('has one cell per pair of versions, with the newest result, the newest cell first', async () => {
    const shop = await someWereVerified();
    const answer = await shop.get('/matrix', { consumer: 'web', provider: 'orders' });
    expect(linesOf(answer)).toEqual([
      'web@1.1.0 x orders@2.1.0: passed',
      'web@1.0.0 x orders@2.1.0: failed',
      'web@1.0.0 x orders@2.0.0: passed',
    ]);
    const task = await shop.task('web@1.0.0', 'orders@2.0.0', 'test');
    expect(answer.body.data[2]).toMatchObject({ taskId: task.id, submittedAt: expect.any(String) });
  });

  it('has another order of results in an environment, where another was verified last', async () => {
    const shop = await webMeetsOrders(api);
    await shop.deployed('orders@2.0.0', 'production');
    await shop.deployed('web@1.0.0', 'production');
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test', 'failed');
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'production');
    const cells = async (query: Record<string, string>) =>
      linesOf(await shop.get('/matrix', { consumer: 'web', ...query }));
    expect(await cells({})).toEqual(['web@1.0.0 x orders@2.0.0: passed']);
    expect(await cells({ environment: 'test' })).toEqual(['web@1.0.0 x orders@2.0.0: failed']);
    expect(await cells({ environment: 'production' })).toEqual(['web@1.0.0 x orders@2.0.0: passed']);
  });

  it('is one side’s where only that is named', async () => {
    const shop = await someWereVerified();
    await shop.versions('stock@1.0.0');
    await shop.recorded('web@1.1.0', 'stock');
    await shop.deployed('stock@1.0.0', 'test');
    await shop.verified('web@1.1.0', 'stock@1.0.0', 'test');
    expect(linesOf(await shop.get('/matrix', { provider: 'stock' }))).toEqual([
      'web@1.1.0 x stock@1.0.0: passed',
    ]);
    expect(linesOf(await shop.get('/matrix', { consumer: 'web' }))).toHaveLength(4);
    expect(linesOf(await shop.get('/matrix', { consumer: 'stock' }))).toEqual([]);
  });

  it('comes in pages, each cell once', async () => {
    const shop = await someWereVerified();
    const query = { consumer: 'web', provider: 'orders', limit: 2 };
    const first = await shop.get('/matrix', query);
    const second = await shop.get('/matrix', { ...query, after: first.body.page.next });
    expect([...linesOf(first), ...linesOf(second)]).toEqual(
      linesOf(await shop.get('/matrix', { ...query, limit: 100 })),
    );
    expect(second.body.page.next).toBeNull();
  });

  it.each([
    ['consumer', 'SERVICE_NOT_FOUND'],
    ['provider', 'SERVICE_NOT_FOUND'],
    ['environment', 'ENVIRONMENT_NOT_FOUND'],
  ])('of an unknown %s is not found', async (parameter, code) => {
    const shop = await someWereVerified();
    expect(await shop.get('/matrix', { [parameter]: 'nobody' })).toMatchObject({
      status: 404,
      body: { code },
    });
  });

  it('shows nothing to another tenant', async () => {
    await someWereVerified();
    const answer = await api.call('GET', '/v1/matrix', { as: api.globex.apiKey });
    expect(answer).toMatchObject({ status: 200, body: { data: [] } });
  });
});
