import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { placesOf } from './places.js';
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

const register = (name: string, rest: object = {}) =>
  world.call('POST', '/services', { body: { name: world.nameOf(name), ...rest } });
const at = (name: string, rest = '') => `/services/${world.nameOf(name)}${rest}`;
const change = (name: string, body: object, headers: Record<string, string> = {}) =>
  world.call('PATCH', at(name), { body, headers });

describe('a service', () => {
  it('is registered once; registered again, it is answered as it is', async () => {
    const first = await register('web', { description: 'The shop', metadata: { team: 'checkout' } });
    expect(first).toMatchObject({
      status: 201,
      body: {
        name: 'web',
        description: 'The shop',
        specType: 'openapi',
        repositoryUrl: null,
        metadata: { team: 'checkout' },
        created: true,
      },
    });
    const again = await register('web', { description: 'Another' });
    expect(again).toMatchObject({ status: 200, body: { ...first.body, created: false } });
    expect((await world.call('GET', at('web'))).body).toMatchObject({ description: 'The shop' });
  });

  it.each(['a', 'Web', 'web.shop_v2-1', 'größe', '服务', '9lives', 'x'.repeat(128)])(
    'can be called %s',
    async (name) => {
      const { status } = await api.call('POST', '/v1/services', { as: api.acme.apiKey, body: { name } });
      expect(status).toBe(201);
      const { body } = await api.call('GET', `/v1/services/${encodeURIComponent(name)}`, {
        as: api.acme.apiKey,
      });
      expect(body.name).toBe(name);
    },
  );

  it.each([
    '',
    ' ',
    '-web',
    '.web',
    'a b',
    'a/b',
    'a\u0000b',
    'a\nb',
    '\ud800',
    'x'.repeat(129),
    7,
    null,
    ['web'],
  ])('cannot be called %j', async (name) => {
    const answer = await api.call('POST', '/v1/services', { as: api.acme.apiKey, body: { name } });
    expect([answer.status, placesOf(answer.body)]).toEqual([400, ['name']]);
  });

  it('refuses business values in its metadata', async () => {
    expect(await register('web', { metadata: { price: 12 } })).toMatchObject({
      status: 400,
      body: { code: 'METADATA_FORBIDDEN_KEY', errors: [{ path: 'metadata.price' }] },
    });
  });

  it('is changed where a value is sent, cleared by null, and left where nothing is said', async () => {
    await register('web', { description: 'The shop', repositoryUrl: 'https://github.com/acme/web' });
    expect((await change('web', { specType: 'graphql' })).body).toMatchObject({
      description: 'The shop',
      repositoryUrl: 'https://github.com/acme/web',
      specType: 'graphql',
    });
    expect((await change('web', { description: null, repositoryUrl: null })).body).toMatchObject({
      description: null,
      repositoryUrl: null,
      specType: 'graphql',
    });
  });

  it.each([
    { name: 'other' },
    { specType: null },
    { specType: 'wsdl' },
    { metadata: null },
    { repositoryUrl: 'ftp://x' },
  ])('refuses the change %j', async (body) => {
    await register('web');
    expect((await change('web', body)).status).toBe(400);
  });

  it('is changed by who has seen it last only', async () => {
    const { headers } = await register('web');
    const seen = { 'if-match': String(headers['etag']) };
    expect((await change('web', { description: 'first' }, seen)).status).toBe(200);
    expect((await change('web', { description: 'late' }, seen)).status).toBe(412);
    expect((await world.call('GET', at('web'))).body.description).toBe('first');
  });

  it('stays while it is deployed; removed, its name is free again for another', async () => {
    await world.environments('test', 'production');
    await world.versions('web@1.0.0');
    await world.deployed('web@1.0.0', 'production', 'test');
    expect(await world.call('DELETE', at('web'))).toMatchObject({
      status: 409,
      body: { code: 'SERVICE_IN_USE', detail: expect.stringContaining('production, test') },
    });
    await world.undeployed('web', 'production');
    await world.undeployed('web', 'test');
    const { body: first } = await world.call('GET', at('web'));
    expect((await world.call('DELETE', at('web'))).status).toBe(204);
    expect((await world.call('GET', at('web'))).body.code).toBe('SERVICE_NOT_FOUND');
    const second = await register('web');
    expect(second).toMatchObject({ status: 201, body: { created: true } });
    expect(second.body.id).not.toBe(first.id);
    expect((await world.call('GET', at('web', '/versions'))).body.data).toEqual([]);
  });

  it('is listed newest first, page by page', async () => {
    for (const name of ['a', 'b', 'c']) await register(name);
    const first = await world.call('GET', '/services?limit=2');
    expect(first.body.data.map(({ name }: { name: string }) => name)).toEqual(['c', 'b']);
    expect(first.headers['link']).toContain('rel="next"');
    const { body } = await world.call('GET', `/services?limit=1&after=${first.body.page.next}`);
    expect(body.data[0].name).toBe('a');
  });
});

describe('a version', () => {
  const add = (body: object) => world.call('POST', at('web', '/versions'), { body });
  beforeEach(() => register('web'));

  it('is registered once; registered again, it is answered as it is', async () => {
    const first = await add({ version: '1.0.0', branch: 'main', gitSha: '9fceb02' });
    expect(first).toMatchObject({
      status: 201,
      body: { version: '1.0.0', branch: 'main', gitSha: '9fceb02', created: true },
    });
    const me = await world.call('GET', '/me');
    expect(first.body.createdBy).toBe(me.body.principal.id);
    const again = await add({ version: '1.0.0', branch: 'other' });
    expect(again).toMatchObject({ status: 200, body: { ...first.body, created: false } });
  });

  it('is any text without control characters, and listed newest first, page by page', async () => {
    const versions = ['1.0.0', '2026-11-21', 'feature/größe #7', '✓'.repeat(128)];
    for (const version of versions) expect((await add({ version })).status).toBe(201);
    const { body } = await world.call('GET', at('web', '/versions?limit=3'));
    expect(body.data.map(({ version }: { version: string }) => version)).toEqual(
      versions.toReversed().slice(0, 3),
    );
    const rest = await world.call('GET', at('web', `/versions?limit=3&after=${body.page.next}`));
    expect(rest.body).toMatchObject({ data: [{ version: '1.0.0' }], page: { next: null } });
  });

  it.each(['', 'a\u0000', 'a\n', '\udfff', 'x'.repeat(129), 1, null])('cannot be %j', async (version) => {
    const { status, body } = await add({ version });
    expect([status, placesOf(body)]).toEqual([400, ['version']]);
  });

  it('belongs to a service that exists', async () => {
    const unknown = at('nobody', '/versions');
    for (const answer of [
      await world.call('GET', unknown),
      await world.call('POST', unknown, { body: { version: '1.0.0' } }),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'SERVICE_NOT_FOUND' } });
  });
});
