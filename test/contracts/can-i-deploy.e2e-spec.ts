import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { Scenario } from './scenario.js';
import { webAsksOrders, webMeetsOrders } from './stories.js';
import { verdictOf } from './verdict.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

describe('a consumer can be deployed', () => {
  it('where it depends on nobody', async () => {
    const shop = new Scenario(api);
    await shop.environments('test');
    await shop.versions('web@1.0.0');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))).toEqual(['yes NO_DEPENDENCIES']);
  });

  it('where the version of the provider that runs there has passed, and the answer names the task', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    const task = await shop.task('web@1.0.0', 'orders@2.0.0', 'test');
    const answer = await shop.canIDeploy('web@1.0.0', 'test');
    expect(answer.body).toEqual({
      canDeploy: true,
      service: 'web',
      version: '1.0.0',
      environment: 'test',
      pairs: [
        {
          role: 'consumer',
          consumer: { service: 'web', version: '1.0.0' },
          provider: { service: 'orders', version: '2.0.0' },
          state: 'passed',
          reason: null,
          taskId: task.id,
        },
      ],
      summary: { passed: 1, failed: 0, unknown: 0 },
      reasons: [],
    });
  });

  it('to production, where these two versions have passed in test', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.deployed('orders@2.0.0', 'production');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'production'))).toEqual([
      'yes',
      'as consumer: web@1.0.0 -> orders@2.0.0 passed',
    ]);
  });
});

describe('a consumer cannot be deployed', () => {
  it('where its provider is not: NOT_DEPLOYED', async () => {
    const shop = await webAsksOrders(api);
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'production'))).toEqual([
      'no NOT_DEPLOYED',
      'as consumer: web@1.0.0 -> orders@none unknown (NOT_DEPLOYED)',
    ]);
  });

  it('where its provider was undeployed, whatever had passed: NOT_DEPLOYED', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.undeployed('orders', 'test');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))[0]).toBe('no NOT_DEPLOYED');
  });

  it('where nobody has verified it: NEVER_VERIFIED', async () => {
    const shop = await webMeetsOrders(api);
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))).toEqual([
      'no NEVER_VERIFIED',
      'as consumer: web@1.0.0 -> orders@2.0.0 unknown (NEVER_VERIFIED)',
    ]);
  });

  it('where another version of the provider has passed: NOT_VERIFIED_FOR_VERSION', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.versions('orders@2.1.0');
    await shop.deployed('orders@2.1.0', 'test');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))).toEqual([
      'no NOT_VERIFIED_FOR_VERSION',
      'as consumer: web@1.0.0 -> orders@2.1.0 unknown (NOT_VERIFIED_FOR_VERSION)',
    ]);
  });

  it('in a version that nobody verified, whatever an older one of it has passed: NEVER_VERIFIED', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.recorded('web@1.1.0', 'orders', 'GET /orders');
    expect(verdictOf(await shop.canIDeploy('web@1.1.0', 'test'))[0]).toBe('no NEVER_VERIFIED');
  });

  it('where the verification failed: VERIFICATION_FAILED', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test', 'failed');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))).toEqual([
      'no VERIFICATION_FAILED',
      'as consumer: web@1.0.0 -> orders@2.0.0 failed (VERIFICATION_FAILED)',
    ]);
  });

  it('where the results left an interaction out: INCOMPLETE', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test', 'incomplete');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))).toEqual([
      'no INCOMPLETE',
      'as consumer: web@1.0.0 -> orders@2.0.0 unknown (INCOMPLETE)',
    ]);
  });

  it('where more was recorded since it passed: INCOMPLETE, until that has passed, too', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.recorded('web@1.0.0', 'orders', 'DELETE /orders/{id}');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))[0]).toBe('no INCOMPLETE');
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))[0]).toBe('yes');
  });

  it('where the interactions it recorded are gone: NO_INTERACTIONS', async () => {
    const shop = await webMeetsOrders(api);
    // No route removes interactions; an operator's clean-up may.
    await api.database.query(
      `UPDATE dependencies SET interactions = 0 FROM services WHERE services.id = consumer_id AND name = $1`,
      [shop.nameOf('web')],
    );
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))).toEqual([
      'no NO_INTERACTIONS',
      'as consumer: web@1.0.0 -> orders@2.0.0 unknown (NO_INTERACTIONS)',
    ]);
  });

  it('in a version that nobody registered or recorded: VERSION_UNKNOWN', async () => {
    const shop = await webAsksOrders(api);
    expect(verdictOf(await shop.canIDeploy('web@9.9.9', 'test'))).toEqual(['no VERSION_UNKNOWN']);
  });

  it('where one of its providers has passed and another has not', async () => {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.recorded('web@1.0.0', 'billing', 'GET /invoices');
    const answer = await shop.canIDeploy('web@1.0.0', 'test');
    expect(verdictOf(answer)).toEqual([
      'no NOT_DEPLOYED',
      'as consumer: web@1.0.0 -> billing@none unknown (NOT_DEPLOYED)',
      'as consumer: web@1.0.0 -> orders@2.0.0 passed',
    ]);
    expect(answer.body.summary).toEqual({ passed: 1, failed: 0, unknown: 1 });
  });
});

describe('a provider', () => {
  /** Production runs web 1.0.0 with orders 2.0.0; test has orders 2.1.0 beside the same web. */
  async function newOrdersInTest(): Promise<Scenario> {
    const shop = await webMeetsOrders(api);
    await shop.verified('web@1.0.0', 'orders@2.0.0', 'test');
    await shop.deployed('orders@2.0.0', 'production');
    await shop.deployed('web@1.0.0', 'production');
    await shop.versions('orders@2.1.0');
    return shop;
  }

  it('can be deployed where no consumer of it runs', async () => {
    const shop = await webAsksOrders(api);
    expect(verdictOf(await shop.canIDeploy('orders@2.0.0', 'production'))).toEqual(['yes NO_DEPENDENCIES']);
  });

  it('can be deployed once it has passed in test for the consumer that runs in production', async () => {
    const shop = await newOrdersInTest();
    expect(verdictOf(await shop.canIDeploy('orders@2.1.0', 'production'))).toEqual([
      'no NOT_VERIFIED_FOR_VERSION',
      'as provider: web@1.0.0 -> orders@2.1.0 unknown (NOT_VERIFIED_FOR_VERSION)',
    ]);
    await shop.deployed('orders@2.1.0', 'test');
    await shop.verified('web@1.0.0', 'orders@2.1.0', 'test');
    expect(verdictOf(await shop.canIDeploy('orders@2.1.0', 'production'))).toEqual([
      'yes',
      'as provider: web@1.0.0 -> orders@2.1.0 passed',
    ]);
  });

  it('cannot be deployed where it broke a consumer: VERIFICATION_FAILED', async () => {
    const shop = await newOrdersInTest();
    await shop.deployed('orders@2.1.0', 'test');
    await shop.verified('web@1.0.0', 'orders@2.1.0', 'test', 'failed');
    expect(verdictOf(await shop.canIDeploy('orders@2.1.0', 'production'))).toEqual([
      'no VERIFICATION_FAILED',
      'as provider: web@1.0.0 -> orders@2.1.0 failed (VERIFICATION_FAILED)',
    ]);
  });

  it('cannot be deployed where its results left something out: INCOMPLETE', async () => {
    const shop = await newOrdersInTest();
    await shop.deployed('orders@2.1.0', 'test');
    await shop.verified('web@1.0.0', 'orders@2.1.0', 'test', 'incomplete');
    expect(verdictOf(await shop.canIDeploy('orders@2.1.0', 'production'))).toEqual([
      'no INCOMPLETE',
      'as provider: web@1.0.0 -> orders@2.1.0 unknown (INCOMPLETE)',
    ]);
  });

  it('cannot be deployed where a consumer runs that nobody verified: NEVER_VERIFIED', async () => {
    const shop = await webAsksOrders(api);
    await shop.deployed('web@1.0.0', 'production');
    expect(verdictOf(await shop.canIDeploy('orders@2.0.0', 'production'))).toEqual([
      'no NEVER_VERIFIED',
      'as provider: web@1.0.0 -> orders@2.0.0 unknown (NEVER_VERIFIED)',
    ]);
  });

  it('cannot be deployed in an unknown version, whatever its consumers say', async () => {
    const shop = await newOrdersInTest();
    expect(verdictOf(await shop.canIDeploy('orders@9.0.0', 'production'))).toEqual([
      'no VERSION_UNKNOWN NOT_VERIFIED_FOR_VERSION',
      'as provider: web@1.0.0 -> orders@9.0.0 unknown (NOT_VERIFIED_FOR_VERSION)',
    ]);
  });

  it('is not asked about a version of its consumer that runs there no more', async () => {
    const shop = await newOrdersInTest();
    await shop.versions('web@2.0.0');
    await shop.deployed('web@2.0.0', 'production');
    expect(verdictOf(await shop.canIDeploy('orders@2.1.0', 'production'))).toEqual(['yes NO_DEPENDENCIES']);
  });

  it('that is a consumer itself is asked in both directions', async () => {
    const shop = await newOrdersInTest();
    await shop.recorded('orders@2.0.0', 'stock', 'GET /stock');
    expect(verdictOf(await shop.canIDeploy('orders@2.0.0', 'production'))).toEqual([
      'no NOT_DEPLOYED',
      'as consumer: orders@2.0.0 -> stock@none unknown (NOT_DEPLOYED)',
      'as provider: web@1.0.0 -> orders@2.0.0 passed',
    ]);
  });
});

describe('a service that asks itself', () => {
  it('meets the version that is deployed, not the one before it', async () => {
    const shop = new Scenario(api);
    await shop.environments('test', 'production');
    await shop.recorded('web@1.0.0', 'web@1.0.0');
    await shop.deployed('web@1.0.0', 'test');
    await shop.verified('web@1.0.0', 'web@1.0.0', 'test');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'production'))).toEqual([
      'yes',
      'as consumer: web@1.0.0 -> web@1.0.0 passed',
    ]);
    await shop.deployed('web@1.0.0', 'production');
    await shop.recorded('web@2.0.0', 'web@2.0.0');
    await shop.deployed('web@2.0.0', 'test');
    await shop.verified('web@2.0.0', 'web@2.0.0', 'test');
    expect(verdictOf(await shop.canIDeploy('web@2.0.0', 'production'))).toEqual([
      'yes',
      'as consumer: web@2.0.0 -> web@2.0.0 passed',
    ]);
  });
});
