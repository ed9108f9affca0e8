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

const make = (name: string, rest: object = {}) =>
  world.call('POST', '/environments', { body: { name: world.nameOf(name), ...rest } });
const at = (name: string) => `/environments/${world.nameOf(name)}`;

describe('an environment', () => {
  it('is called after its name, and is not for production, unless something else is said', async () => {
    expect(await make('test')).toMatchObject({
      status: 201,
      body: { name: 'test', displayName: 'test', isProduction: false },
    });
    expect((await make('live', { displayName: 'Live', isProduction: true })).body).toMatchObject({
      displayName: 'Live',
      isProduction: true,
    });
  });

  it('has a name of its own', async () => {
    await make('test');
    expect(await make('test')).toMatchObject({ status: 409, body: { code: 'ENVIRONMENT_EXISTS' } });
  });

  it.each(['', 'a b', 'a/b', 'x'.repeat(65), 'a\u0000', 7, null])('cannot be called %j', async (name) => {
    const answer = await api.call('POST', '/v1/environments', { as: api.acme.apiKey, body: { name } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });

  it('keeps its name; the rest is changed by who has seen it last', async () => {
    const { headers } = await make('test');
    const seen = { 'if-match': String(headers['etag']) };
    const change = (body: object, more = {}) => world.call('PATCH', at('test'), { body, headers: more });
    expect(await change({ displayName: 'Test' }, seen)).toMatchObject({
      status: 200,
      body: { displayName: 'Test', isProduction: false },
    });
    expect((await change({ isProduction: true }, seen)).status).toBe(412);
    for (const body of [
      { name: 'other' },
      { displayName: null },
      { isProduction: 'yes' },
      { displayName: '' },
    ])
      expect((await change(body)).status).toBe(400);
  });

  it('is removed where nothing is deployed to it; its name is free again', async () => {
    await make('test');
    await world.versions('web@1.0.0');
    await world.deployed('web@1.0.0', 'test');
    const remove = () => world.call('DELETE', at('test'));
    expect(await remove()).toMatchObject({ status: 409, body: { code: 'ENVIRONMENT_IN_USE' } });
    await world.undeployed('web', 'test');
    expect((await remove()).status).toBe(204);
    expect(await world.call('GET', at('test'))).toMatchObject({
      status: 404,
      body: { code: 'ENVIRONMENT_NOT_FOUND' },
    });
    expect((await make('test')).status).toBe(201);
  });

  it('is listed newest first, page by page', async () => {
    for (const name of ['a', 'b', 'c']) await make(name);
    const { body } = await world.call('GET', '/environments?limit=2');
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['c', 'b']);
    const next = await world.call('GET', `/environments?limit=1&after=${body.page.next}`);
    expect(next.body.data[0].name).toBe('a');
  });
});
