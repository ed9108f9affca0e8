import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jest } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/app.js';
import { TestIssuer } from '../support/token-issuer.js';

describe('an identity provider', () => {
  let issuer: TestIssuer;
  let api: TestApp;
  beforeEach(async () => {
    issuer = await TestIssuer.start();
    api = await createTestApp({
      environment: {
        RATE_LIMIT_FAILED_SIGN_INS: '0',
        JWT_ISSUERS: JSON.stringify([issuer.settings({ algorithms: ['RS256', 'ES256', 'EdDSA'] })]),
      },
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await api.close();
    await issuer.down();
  });

  const statusOf = async (token: string | Promise<string>) =>
    (await api.call('GET', '/v1/me', { as: await token })).status;
  /** Moves the clock, which nothing waits on. */
  const passTime = (ms: number) => {
    const then = Date.now() + ms;
    jest.spyOn(Date, 'now').mockImplementation(() => then);
  };

  it('is asked for its keys once', async () => {
    const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(issuer.sign())));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(issuer.asked).toBe(1);
  });

  it('that rotates its keys is followed: the new key works, the old one as long as it is served', async () => {
    const before = issuer.sign();
    expect(await statusOf(before)).toBe(200);
    await issuer.rotate('ES256');
    const after = await issuer.sign({ expiresIn: 3_600 });
    passTime(31_000); // keys were fetched a moment ago: it is asked again after the cool-down
    expect(await statusOf(after)).toBe(200);
    expect(await statusOf(before)).toBe(200);
    expect(issuer.asked).toBe(2);
  });

  it('that withdraws a key is followed within ten minutes', async () => {
    const withdrawn = await issuer.sign({ expiresIn: 7_200 });
    expect(await statusOf(withdrawn)).toBe(200);
    issuer.keys.length = 0;
    await issuer.rotate();
    passTime(601_000);
    const answers: number[] = [];
    while (answers.at(-1) !== 401) answers.push(await statusOf(withdrawn)); // refreshed in the background
    expect(issuer.asked).toBeGreaterThanOrEqual(2);
  });

  it('that is down: known keys keep working, unknown ones are refused', async () => {
    const known = await issuer.sign({ expiresIn: 86_400 });
    expect(await statusOf(known)).toBe(200);
    await issuer.down();
    const unknown = issuer.sign({ key: await issuer.rotate() });
    passTime(3_600_000);
    expect(await statusOf(known)).toBe(200);
    expect(await statusOf(unknown)).toBe(401);
    expect(await statusOf(known)).toBe(200);
    await issuer.up();
  });

  it.each([
    ['down', () => issuer.down()],
    ['answering 500', () => void (issuer.answer = { status: 500, body: 'no' })],
    ['answering something else', () => void (issuer.answer = { status: 200, body: '<html>' })],
  ])('that was %s from the start: nobody can tell, and says so', async (_, fail) => {
    await fail();
    const { status, body, headers } = await api.call('GET', '/v1/me', { as: await issuer.sign() });
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'IDENTITY_PROVIDER_UNAVAILABLE' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    issuer.answer = undefined;
    await issuer.up();
    passTime(31_000);
    expect(await statusOf(issuer.sign({ expiresIn: 60 }))).toBe(200);
  });

  it.each([
    ['up', () => undefined],
    ['down', () => issuer.down()],
  ])('that is %s is spared a flood of unknown key ids', async (state, change) => {
    const known = await issuer.sign({ expiresIn: 3_600 });
    expect(await statusOf(known)).toBe(200);
    passTime(31_000);
    await change();
    const connections = jest.spyOn(globalThis, 'fetch');
    const flood = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        issuer.sign({ header: { kid: `unknown-${index}` }, expiresIn: 3_600 }),
      ),
    );
    for (const token of flood.slice(0, 100)) expect(await statusOf(token)).toBe(401);
    const rest = await Promise.all(flood.slice(100).map(statusOf));
    expect(new Set(rest)).toEqual(new Set([401]));
    expect(connections.mock.calls.length).toBeLessThanOrEqual(1);
    expect(await statusOf(known)).toBe(200);
    if (state === 'down') await issuer.up();
  });
});
