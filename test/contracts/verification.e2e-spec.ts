import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { webMeetsOrders } from './stories.js';
import { verdictOf } from './verdict.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

const STRANGER = '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60';

/** The task of web 1.0.0 and orders 2.0.0 in test, with two interactions. */
async function twoToVerify() {
  const shop = await webMeetsOrders(api);
  const task = () => shop.task('web@1.0.0', 'orders@2.0.0', 'test');
  const [first, second] = (await task()).interactions.map(({ id }) => id);
  return { shop, task, first: first!, second: second! };
}

describe('results', () => {
  it('that cover all and are all successes have passed, and the task is verified', async () => {
    const { shop, task } = await twoToVerify();
    const { id } = await task();
    expect(await shop.verify(await task(), 'passed')).toMatchObject({
      status: 201,
      body: {
        taskId: id,
        provider: 'orders',
        providerVersion: '2.0.0',
        consumer: 'web',
        consumerVersion: '1.0.0',
        outcome: 'passed',
        passed: true,
      },
    });
    expect((await task()).status).toBe('verified');
  });

  it('of which one failed have failed, however few there are', async () => {
    const { shop, task, second } = await twoToVerify();
    const failure = { interactionId: second, success: false, error: 'expected 200, was 500' };
    expect(await shop.verify(await task(), [failure])).toMatchObject({
      status: 201,
      body: { outcome: 'failed', passed: false },
    });
    expect((await task()).status).toBe('failed');
  });

  it('that leave one out are incomplete, and the task stays open', async () => {
    const { shop, task, first } = await twoToVerify();
    const answer = await shop.verify(await task(), [{ interactionId: first, success: true }]);
    expect(answer).toMatchObject({ status: 201, body: { outcome: 'incomplete', passed: false } });
    expect((await task()).status).toBe('open');
  });

  it('that name one interaction twice cover it once', async () => {
    const { shop, task, first } = await twoToVerify();
    const success = { interactionId: first, success: true };
    const answer = await shop.verify(await task(), [success, success]);
    expect(answer.body.outcome).toBe('incomplete');
  });

  it('that call one interaction a success and a failure have failed', async () => {
    const { shop, task, first, second } = await twoToVerify();
    const results = [
      { interactionId: first, success: false },
      { interactionId: second, success: true },
      { interactionId: first, success: true },
    ];
    expect((await shop.verify(await task(), results)).body.outcome).toBe('failed');
  });

  it('of which the newest is a failure: that counts, and so does the success after it', async () => {
    const { shop, task } = await twoToVerify();
    await shop.verify(await task(), 'passed');
    await shop.verify(await task(), 'failed');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))[0]).toBe('no VERIFICATION_FAILED');
    await shop.verify(await task(), 'passed');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))[0]).toBe('yes');
  });

  it('count in the order they came, even where the clock of an instance was wrong', async () => {
    const { shop, task } = await twoToVerify();
    const { body } = await shop.verify(await task(), 'passed');
    // The same result as an instance would have stored it whose clock is some years ahead.
    await api.database.query(
      `UPDATE verification_results SET id = overlay(id::text placing '02' from 1 for 2)::uuid WHERE id = $1`,
      [body.id],
    );
    await shop.verify(await task(), 'failed');
    expect(verdictOf(await shop.canIDeploy('web@1.0.0', 'test'))[0]).toBe('no VERIFICATION_FAILED');
  });
});

describe('results are refused', () => {
  it('for another version of the provider', async () => {
    const { shop, task } = await twoToVerify();
    expect(await shop.verify(await task(), 'passed', '2.0.1')).toMatchObject({
      status: 422,
      body: { code: 'PROVIDER_VERSION_MISMATCH' },
    });
  });

  it('where there are none', async () => {
    const { shop, task } = await twoToVerify();
    expect(await shop.verify(await task(), [])).toMatchObject({
      status: 422,
      body: { code: 'RESULTS_EMPTY' },
    });
  });

  it('for an interaction of another task, which is named', async () => {
    const { shop, task, first } = await twoToVerify();
    const results = [
      { interactionId: first, success: true },
      { interactionId: STRANGER, success: true },
    ];
    expect(await shop.verify(await task(), results)).toMatchObject({
      status: 422,
      body: { code: 'INTERACTION_NOT_OF_TASK', detail: expect.stringContaining(STRANGER) },
    });
  });

  it('for a task that does not exist, or is another tenant’s', async () => {
    const { shop, task } = await twoToVerify();
    const notFound = { status: 404, body: { code: 'VERIFICATION_TASK_NOT_FOUND' } };
    expect(await shop.verify({ ...(await task()), id: STRANGER }, 'passed')).toMatchObject(notFound);
    expect(await shop.as(api.globex.apiKey).verify(await task(), 'passed')).toMatchObject(notFound);
  });

  it('for a task of a service that is gone', async () => {
    const { shop, task } = await twoToVerify();
    const old = await task();
    await shop.undeployed('web', 'test');
    await shop.call('DELETE', `/services/${shop.nameOf('web')}`);
    expect(await shop.verify(old, 'passed')).toMatchObject({
      status: 404,
      body: { code: 'VERIFICATION_TASK_NOT_FOUND' },
    });
  });

  it.each([
    ['no list', { providerVersion: '2.0.0', results: {} }],
    ['no id', { providerVersion: '2.0.0', results: [{ interactionId: 'first', success: true }] }],
    [
      'a success that is a word',
      { providerVersion: '2.0.0', results: [{ interactionId: STRANGER, success: 'yes' }] },
    ],
    ['no version', { results: [{ interactionId: STRANGER, success: true }] }],
    [
      'more than 100',
      {
        providerVersion: '2.0.0',
        results: Array.from({ length: 101 }, () => ({ interactionId: STRANGER, success: true })),
      },
    ],
  ])('that have %s', async (_, body) => {
    const { shop, task } = await twoToVerify();
    const { id } = await task();
    expect((await shop.call('POST', `/verification-tasks/${id}/results`, { body })).status).toBe(400);
  });

  it('and leave neither a result nor a changed task', async () => {
    const { shop, task } = await twoToVerify();
    const before = await task();
    await shop.verify(before, [{ interactionId: STRANGER, success: true }]);
    await shop.verify(before, 'passed', '9.9.9');
    expect(await task()).toEqual(before);
    expect((await shop.get('/verification-results', { provider: 'orders' })).body.data).toEqual([]);
  });
});

describe('the list of results', () => {
  it('is newest first, filtered by provider and consumer, and comes in pages', async () => {
    const { shop, task } = await twoToVerify();
    await shop.verify(await task(), 'incomplete');
    await shop.verify(await task(), 'failed');
    await shop.verify(await task(), 'passed');
    const outcomes = async (query: Record<string, string | number>) =>
      (await shop.get('/verification-results', query)).body.data.map(
        ({ outcome }: { outcome: string }) => outcome,
      );
    expect(await outcomes({ provider: 'orders' })).toEqual(['passed', 'failed', 'incomplete']);
    expect(await outcomes({ consumer: 'web', provider: 'orders' })).toHaveLength(3);
    expect(await outcomes({ consumer: 'orders' })).toEqual([]);
    const first = await shop.get('/verification-results', { provider: 'orders', limit: 2 });
    expect(await outcomes({ provider: 'orders', limit: 2, after: first.body.page.next })).toEqual([
      'incomplete',
    ]);
  });

  it('shows what was found of each interaction where it is asked for, without credentials', async () => {
    const { shop, task, first } = await twoToVerify();
    const actualResponse = { status: 500, headers: { 'set-cookie': 'session=secret', server: 'x' } };
    const found = { interactionId: first, success: false, error: 'expected 200, was 500' };
    await shop.verify(await task(), [{ ...found, actualResponse }]);
    const list = async (query = {}) =>
      (await shop.get('/verification-results', { provider: 'orders', ...query })).body.data;
    expect((await list())[0]).not.toHaveProperty('results');
    const kept = { status: 500, headers: { 'set-cookie': '[redacted]', server: 'x' } };
    expect((await list({ include: 'results' }))[0].results).toEqual([{ ...found, actualResponse: kept }]);
  });

  it('shows nothing to another tenant', async () => {
    const { shop, task } = await twoToVerify();
    await shop.verify(await task(), 'passed');
    const globex = shop.as(api.globex.apiKey);
    expect((await globex.get('/verification-results', { provider: 'orders' })).body.data).toEqual([]);
  });
});
