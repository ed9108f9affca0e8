import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { Scenario } from './scenario.js';

let api: TestApp;
let world: Scenario;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());
beforeEach(() => {
  world = new Scenario(api);
});

type Item = Record<string, unknown>;
const DATA = { request: { path: '/orders/1' }, response: { status: 200, body: { id: 1 } } };
const fixture = (rest: Item = {}) => ({
  service: world.nameOf('orders'),
  serviceVersion: '2.0.0',
  operation: 'GET /orders/{id}',
  data: DATA,
  ...rest,
});
const propose = (rest: Item = {}) => world.call('POST', '/fixtures', { body: fixture(rest) });
const proposed = async (rest: Item = {}): Promise<string> => (await propose(rest)).body.id;
const decide = (id: string, decision: string, as = world) => as.call('POST', `/fixtures/${id}/${decision}`);

describe('the list of fixtures', () => {
  it('is filtered, comes page by page, and shows the data only where it is asked for', async () => {
    await proposed();
    const other = await proposed({ serviceVersion: '3.0.0', operation: 'POST /orders' });
    await decide(other, 'approve');
    const list = async (query: Record<string, string> = {}) =>
      (await world.get('/fixtures', { service: 'orders', ...query })).body;
    for (const query of [{ version: '3.0.0' }, { operation: 'POST /orders' }, { status: 'approved' }])
      expect((await list(query)).data).toMatchObject([{ id: other }]);
    const first = await list({ limit: '1' });
    expect(first.data).toMatchObject([{ id: other }]);
    expect((await list({ limit: '1', after: first.page.next })).page.next).toBeNull();
    for (const field of ['data', 'createdFrom']) expect(first.data[0]).not.toHaveProperty(field);
    expect((await list({ include: 'data' })).data[0]).toMatchObject({ data: DATA, createdFrom: null });
    expect((await world.get('/fixtures', { status: 'open' })).status).toBe(400);
  });
});

describe('the fixtures of a service', () => {
  const approved = async (notes: string, rest: Item = {}) =>
    decide(await proposed({ notes, ...rest }), 'approve');
  const request = (rest: Item) => ({ data: { ...DATA, request: rest } });
  const response = (status: number) => ({ data: { ...DATA, response: { status } } });
  const choose = async (query: Record<string, string> = {}) => {
    const answer = await world.call(
      'GET',
      `/services/${world.nameOf('orders')}/fixtures?${new URLSearchParams(query).toString()}`,
    );
    return answer.body.data.map(({ notes }: Item) => notes);
  };

  it('are the approved ones only, best first: by priority and source, then by what is asked, then the newest', async () => {
    await proposed({ notes: 'draft', priority: 100 });
    await approved('consumer', { source: 'consumer', ...request({ path: '/a', query: { page: '1' } }) });
    await approved('manual', request({ body: { b: 1, a: 2 } }));
    await approved('provider', { source: 'provider' });
    await approved('newer provider', { source: 'provider', ...response(201) });
    await approved('important', { source: 'consumer', priority: 9 });
    const byRule = ['important', 'newer provider', 'provider', 'manual', 'consumer'];
    expect(await choose()).toEqual(byRule);
    expect(await choose({ path: '/a', query: '{"page":"1","more":"2"}' })).toEqual([
      'important',
      'newer provider',
      'provider',
      'consumer',
      'manual',
    ]);
    // The manual one comes up to the providers', and of equals the newest is first.
    expect((await choose({ body: '{"a":2,"b":1}' })).slice(1, 4)).toEqual([
      'newer provider',
      'provider',
      'manual',
    ]);
    expect((await choose({ body: '{"a":2,"b":1}', query: '{}' })).at(-1)).toBe('consumer');
    expect(await choose({ limit: '2' })).toEqual(byRule.slice(0, 2));
  });

  it('are those of a version and an operation', async () => {
    await approved('two');
    await approved('three', { serviceVersion: '3.0.0', operation: 'POST /orders' });
    expect(await choose({ version: '2.0.0' })).toEqual(['two']);
    expect(await choose({ operation: 'POST /orders' })).toEqual(['three']);
    expect(await choose({ version: '4.0.0' })).toEqual([]);
  });

  it('cannot be asked for with what is not JSON, or of who does not exist', async () => {
    await propose();
    const at = (rest: string) => world.call('GET', `/services/${world.nameOf('orders')}/fixtures?${rest}`);
    for (const rest of ['query=x', 'query=[]', 'limit=101', 'path=', 'colour=red'])
      expect((await at(rest)).status).toBe(400);
    expect((await world.call('GET', `/services/${world.nameOf('nobody')}/fixtures`)).status).toBe(404);
  });
});
