import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import type { Scenario } from './scenario.js';
import { webAsksOrders, webMeetsOrders } from './stories.js';
import { verdictOf } from './verdict.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

describe('with semver', () => {
  /** web 1.0.0 has passed with orders 2.0.0 and failed with 2.1.0; in test runs the version. */
  async function ordersRuns(version: string): Promise<Scenario> {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.versions('orders@2.1.0', `orders@${version}`);
    await shop.deployed('orders@2.1.0', 'test');
    await shop.verified('web@1.0.0', 'orders@2.1.0', 'test', 'failed');
    await shop.deployed(`orders@${version}`, 'test');
    return shop;
  }
  const line = (version: string, verdict: string) => `as consumer: web@1.0.0 -> orders@${version} ${verdict}`;

  it.each([
    ['2.0.3', 'none', 'no NOT_VERIFIED_FOR_VERSION', 'unknown (NOT_VERIFIED_FOR_VERSION)'],
    ['2.0.3', 'patch', 'yes', 'passed (by 2.0.0)'],
    ['2.0.3', 'minor', 'yes', 'passed (by 2.0.0)'],
    ['2.1.4', 'patch', 'no VERIFICATION_FAILED', 'failed (VERIFICATION_FAILED by 2.1.0)'],
    ['2.2.0', 'patch', 'no NOT_VERIFIED_FOR_VERSION', 'unknown (NOT_VERIFIED_FOR_VERSION)'],
    ['2.2.0', 'minor', 'no VERIFICATION_FAILED', 'failed (VERIFICATION_FAILED by 2.1.0)'],
    ['3.0.0', 'minor', 'no NOT_VERIFIED_FOR_VERSION', 'unknown (NOT_VERIFIED_FOR_VERSION)'],
    ['nightly', 'minor', 'no NOT_VERIFIED_FOR_VERSION', 'unknown (NOT_VERIFIED_FOR_VERSION)'],
  ])('orders %s and semver=%s: %s', async (version, semver, verdict, pair) => {
    const shop = await ordersRuns(version);
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test', { semver }))).toEqual([
      verdict,
      line(version, pair),
    ]);
  });

  it('counts a compatible result for the provider that is asked about, too', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.versions('orders@2.0.1');
    expect(verdictOf(await shop.canIDeploy('orders@2.0.1', 'test', { semver: 'patch' }))).toEqual([
      'yes',
      'as provider: web@1.0.0 -> orders@2.0.1 passed (by 2.0.0)',
    ]);
  });

  it('refuses another word', async () => {
    const shop = await webAsksOrders(api);
    expect(await shop.canIDeploy('web@1.0.0', 'test', { semver: 'major' })).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
  });
});
