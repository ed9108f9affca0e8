import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { TENANT_POOL } from '../../src/database/index.js';
import { type PeopleApp, createPeopleApp } from '../identity/people.js';
import { type Answer, type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';

const inTurn = async (count: number, send: () => Promise<Answer>): Promise<Answer[]> => {
  const answers: Answer[] = [];
  for (let i = 0; i < count; i++) answers.push(await send());
  return answers;
};
const statuses = (answers: Answer[]) => answers.map(({ status }) => status);

/** Each test takes what the one before left over: the window lasts a minute, and nobody waits for its end. */
describe('rate limits, 10 requests per tenant and 6 per credential', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp({
      environment: { RATE_LIMITS: 'free=10,pro=10,enterprise=1000', RATE_LIMIT_CREDENTIAL_PERCENT: '60' },
    });
  });
  afterAll(() => api.close());
  const read = (as: string) => api.call('GET', '/v1/notes', { as });

  it('tells on every answer of a tenant what is left, on errors too, and nothing on public ones', async () => {
    const [found, missing] = [
      await read(api.acme.apiKey),
      await api.call('GET', '/v1/notes/x', { as: api.acme.apiKey }),
    ];
    expect(found.headers).toMatchObject({
      'ratelimit-policy': '"credential";q=6;w=60, "tenant";q=10;w=60',
      ratelimit: expect.stringMatching(/^"credential";r=5;t=\d+, "tenant";r=9;t=\d+$/),
    });
    expect([missing.status, missing.headers['ratelimit']]).toEqual([
      400,
      expect.stringMatching(/^"credential";r=4;t=\d+, "tenant";r=8;t=\d+$/),
    ]);
    for (const answer of [await api.call('GET', '/health/live'), await api.call('GET', '/v1/notes')])
      expect(Object.keys(answer.headers)).not.toContain('ratelimit');
  });

  it('refuses a credential that sends too much, which takes nothing from its tenant', async () => {
    expect(statuses(await inTurn(4, () => read(api.acme.apiKey)))).toEqual([200, 200, 200, 200]);
    const [refused] = await Promise.all(Array.from({ length: 20 }, () => read(api.acme.apiKey)));
    expect(refused).toMatchObject({
      status: 429,
      headers: {
        'content-type': expect.stringContaining('application/problem+json'),
        'ratelimit-policy': '"credential";q=6;w=60, "tenant";q=10;w=60',
        ratelimit: expect.stringMatching(/^"credential";r=0;t=\d+$/),
      },
      body: { code: 'RATE_LIMITED', detail: expect.stringContaining('This credential has sent') },
    });
    const seconds = Number(refused!.headers['retry-after']);
    expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60).toBe(true);
    expect(refused!.headers['ratelimit']).toContain(`t=${seconds}`);
  });

  it('refuses a tenant that sends too much with several credentials, and no other tenant', async () => {
    const body = { name: 'second' };
    const tenants = `/v1/admin/tenants/${api.acme.id}`;
    const { body: key } = await api.call('POST', `${tenants}/api-keys`, { as: api.operator.apiKey, body });
    const answers = await inTurn(5, () => read(key.apiKey));
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 429]);
    expect(answers[4]).toMatchObject({
      headers: { ratelimit: expect.stringMatching(/^"credential";r=1;t=\d+, "tenant";r=0;t=\d+$/) },
      body: { detail: expect.stringContaining('This tenant has sent') },
    });
    expect((await read(api.globex.apiKey)).status).toBe(200);
  });

  it('takes no connection for a request that it refuses, and counts the refusal', async () => {
    const acquired: unknown[] = [];
    api.app.get<Pool>(TENANT_POOL).on('acquire', (client) => acquired.push(client));
    const refused = async () => {
      const { text } = await api.call('GET', '/metrics');
      return Number(/rate_limit_refusals_total\{limit="credential"\} (\d+)/.exec(text)![1]);
    };
    const before = await refused();
    expect((await read(api.acme.apiKey)).status).toBe(429);
    expect([acquired.length, await refused()]).toEqual([0, before + 1]);
  });

  it('follows the plan of the tenant as soon as it changes', async () => {
    const { id } = api.acme;
    await api.call('PATCH', `/v1/admin/tenants/${id}`, {
      as: api.operator.apiKey,
      body: { plan: 'enterprise' },
    });
    const { headers } = await eventually(async () => {
      const answer = await read(api.acme.apiKey);
      expect(answer.status).toBe(200);
      return answer;
    });
    expect(headers['ratelimit-policy']).toBe('"credential";q=600;w=60, "tenant";q=1000;w=60');
  });

  it('is as strict with operators', async () => {
    const answers = await inTurn(10, () => api.call('GET', '/v1/admin/tenants', { as: api.operator.apiKey }));
    expect(statuses(answers).at(-1)).toBe(429);
  });

  it('can be switched off', async () => {
    const free = await createTestApp({ sharing: api, environment: { RATE_LIMITS: 'off' } });
    const answers = await inTurn(20, () => free.call('GET', '/v1/notes', { as: api.globex.apiKey }));
    expect(new Set(statuses(answers))).toEqual(new Set([200]));
    expect(Object.keys(answers[0]!.headers)).not.toContain('ratelimit');
    await free.close();
  });
});

describe('rate limits of people who act in no tenant', () => {
  let api: PeopleApp;
  beforeAll(async () => {
    api = await createPeopleApp(
      {},
      { RATE_LIMITS: 'free=10,pro=10,enterprise=1000', RATE_LIMIT_CREDENTIAL_PERCENT: '60' },
    );
  });
  afterAll(() => api.close());

  it('are those of one credential, whatever token they send', async () => {
    const token = `inv_${'x'.repeat(43)}`;
    const guess = async (subject: string) =>
      api.call('POST', '/v1/invitations/accept', { as: await api.token(subject), body: { token } });
    const answers = await inTurn(7, () => guess('nora'));
    expect(statuses(answers)).toEqual([404, 404, 404, 404, 404, 404, 429]);
    expect(answers[0]!.headers['ratelimit-policy']).toBe('"credential";q=6;w=60');
    expect((await api.call('GET', '/v1/me', { as: await api.token('nora') })).status).toBe(429);
    expect((await guess('emil')).status).toBe(404);
  });
});
