import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plantSeeds } from '../../src/local/index.js';
import { buildOpenApi } from '../../src/openapi.js';
import { type TestApp, createTestApp } from '../support/app.js';

let api: TestApp;
let keyOfPivotalFlow: string;
const read = async (url: string, accept = '*/*') =>
  api.call('GET', url, { as: api.acme.apiKey, headers: { accept } });
const idIn = async (list: string): Promise<string> => (await read(`/v1/${list}`)).body.data[0].id;

beforeAll(async () => {
  api = await createTestApp();
  const { newKeys } = await plantSeeds(api.app);
  keyOfPivotalFlow = newKeys['pivotal-flow']!;
});
afterAll(() => api.close());

/** What a question needs to know beside its path. */
const QUERIES: Record<string, string> = {
  '/v1/can-i-deploy': '?service=web&version=1.4.2&environment=production',
  '/v1/services/{name}/specs': '?version=2.1.0&include=spec',
};
const PARAMETERS: Record<string, () => Promise<Record<string, string>> | Record<string, string>> = {
  '/v1/environments/{name}': () => ({ name: 'production' }),
  '/v1/interactions/{id}': async () => ({ id: await idIn('interactions') }),
  '/v1/fixtures/{id}': async () => ({ id: await idIn('fixtures') }),
  '/v1/deployments/{id}': async () => ({ id: await idIn('deployments') }),
  '/v1/verification-tasks/{id}': async () => ({ id: await idIn('verification-tasks') }),
  '/v1/badges/{consumer}/{provider}': () => ({ consumer: 'web', provider: 'orders.svg' }),
};

/** Has it a row, a number that is not 0, a word? */
const isSomething = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(isSomething)
    : value !== null && value !== undefined && value !== 0 && value !== '' && value !== false;

describe('the story of acme', () => {
  it('lets every question of the contracts room be answered with something', async () => {
    const { paths } = buildOpenApi(api.app);
    const asked: string[] = [];
    for (const [path, { get }] of Object.entries(paths)) {
      if (!get?.description?.includes('Needs the feature `contracts`')) continue;
      const values = (await PARAMETERS[path]?.()) ?? { name: 'orders' };
      const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name]!) + (QUERIES[path] ?? '');
      const { status, body, text } = await read(url);
      const content = body?.data ?? body ?? text;
      expect([url, status, isSomething(content)]).toEqual([url, 200, true]);
      asked.push(path);
    }
    expect(asked).toEqual(
      expect.arrayContaining(['/v1/services', '/v1/graph', '/v1/stats', '/v1/can-i-deploy']),
    );
    expect(asked.length).toBeGreaterThan(20);
  });

  it('has a version that may be deployed, and one that may not, with the reason', async () => {
    const ask = (service: string, version: string) =>
      read(`/v1/can-i-deploy?service=${service}&version=${version}&environment=production`);
    expect((await ask('web', '1.4.2')).body).toMatchObject({ canDeploy: true, reasons: [] });
    expect((await ask('mobile', '3.0.0')).body).toMatchObject({
      canDeploy: false,
      reasons: ['VERIFICATION_FAILED'],
    });
    expect((await ask('orders', '2.1.0')).body).toMatchObject({
      canDeploy: false,
      reasons: ['NOT_DEPLOYED'],
    });
  });

  it('has tasks and fixtures in every state that waits for somebody, and those that wait no longer', async () => {
    const statesOf = async (list: string) =>
      new Set((await read(`/v1/${list}`)).body.data.map(({ status }: { status: string }) => status));
    expect(await statesOf('verification-tasks')).toEqual(new Set(['verified', 'failed', 'open']));
    expect(await statesOf('fixtures')).toEqual(new Set(['approved', 'draft', 'rejected', 'deprecated']));
  });

  it('shows an interaction that is not what the document says', async () => {
    const { body } = await read('/v1/interactions?consumer=mobile');
    expect(body.data[0].violations).toHaveLength(1);
    const others = (await read('/v1/interactions?consumer=web')).body.data;
    expect(others.map(({ violations }: { violations: [] }) => violations)).toEqual([[], []]);
  });

  it('is told once: a second time nothing changes', async () => {
    const { reports } = await plantSeeds(api.app);
    expect(reports.map(({ changed }) => changed)).toEqual([{}, {}, {}, {}]);
  });

  it('leaves a tenant alone that has something of its own', async () => {
    const other = await createTestApp();
    try {
      await other.call('POST', '/v1/environments', { as: other.acme.apiKey, body: { name: 'test' } });
      const { reports } = await plantSeeds(other.app);
      expect(reports).toContainEqual({ seed: 'demo contracts of acme', changed: {} });
    } finally {
      await other.close();
    }
  });
});

describe('the story of pivotal-flow', () => {
  const list = async (path: string) =>
    (await api.call('GET', `/v1/${path}`, { as: keyOfPivotalFlow })).body.data;

  it('has a member who owns it', async () => {
    expect(await list('members')).toMatchObject([{ email: 'admin@pivotalflow.com', role: 'owner' }]);
  });

  it('has two customers, each with a primary contact and a project', async () => {
    const [acme, beta] = await list('customers?sort=companyName');
    expect([acme, beta]).toMatchObject([
      { number: 'CUST-0001', companyName: 'Acme Corp' },
      { number: 'CUST-0002', companyName: 'Beta Ltd' },
    ]);
    expect(await list(`projects?customer=${acme.id}`)).toMatchObject([{ name: 'Website Redesign' }]);
    expect(await list(`projects?customer=${beta.id}`)).toMatchObject([{ name: 'Mobile App' }]);
    for (const { id } of [acme, beta])
      expect(await list(`customers/${id}/contacts?isPrimary=true`)).toHaveLength(1);
  });

  it('has a draft quote at standard rates, made by who administers it', async () => {
    const [{ userId: admin }] = await list('members');
    expect(await list('rate-cards')).toMatchObject([{ name: 'Standard Rates', isDefault: true }]);
    expect(await list('quotes')).toMatchObject([
      { status: 'draft', title: 'Website Redesign', totalAmount: '11843.75', createdBy: admin },
    ]);
  });

  it('is not told to a tenant that has customers already', async () => {
    await api.database.query(`UPDATE rate_cards SET deleted_at = now() WHERE name = 'Standard Rates'`);
    const { reports } = await plantSeeds(api.app);
    expect(reports).toContainEqual({ seed: 'demo quotes of pivotal-flow', changed: {} });
  });
});
