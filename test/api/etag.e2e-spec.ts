import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { buildOpenApi } from '../../src/openapi.js';
import type { Answer, TestApp } from '../support/app.js';
import { RECIPES, type RecipeApp, type Target, aMember, createRecipeApp } from '../support/recipes.js';
import {
  aDeployment,
  aFixture,
  aService,
  aTask,
  anEnvironment,
  anInteraction,
} from '../support/recipes/contracts.js';

interface Resource {
  as: (api: TestApp) => string;
  /** Makes one and answers what the path names it by; absent where there is one only. */
  make?: (api: TestApp) => Promise<Target>;
  change?: object;
}

const asAcme = (api: TestApp) => api.acme.apiKey;
const asOperator = (api: TestApp) => api.operator.apiKey;
const made =
  (path: string, as: Resource['as'], body: () => object): NonNullable<Resource['make']> =>
  async (api) =>
    (await api.call('POST', path, { as: as(api), body: body() })).body.id;
const unique = () => `n${Math.random().toString(36).slice(2)}`;

/** As the recipes of its routes have it. */
const ofRecipe = (path: string): Resource => {
  const change = RECIPES[`patch ${path}`]?.body;
  return {
    as: asAcme,
    make: (app) => RECIPES[`get ${path}`]!.resource!(app as RecipeApp),
    ...(typeof change === 'object' && { change }),
  };
};

/** The path with the values of its parameters; a name stands for the last. */
const urlOf = (path: string, target: Target = ''): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const known = RECIPES[`get ${path}`]?.params?.[name];
    return known ?? (typeof target === 'string' ? target : target[name]!);
  });

/** How to get at one of each, where the recipes of its routes do not say it. */
const OTHERS: Record<string, Resource> = {
  '/v1/tenant': { as: asAcme, change: { name: 'Renamed' } },
  '/v1/api-keys/{id}': { as: asAcme, make: made('/v1/api-keys', asAcme, () => ({ name: 'target' })) },
  '/v1/admin/tenants/{id}': {
    as: asOperator,
    make: made('/v1/admin/tenants', asOperator, () => ({ slug: unique(), name: 'Target' })),
    change: { plan: 'pro' },
  },
  '/v1/members/{id}': { as: asAcme, make: (app) => aMember(app), change: { role: 'viewer' } },
  '/v1/invitations/{id}': {
    as: asAcme,
    make: made('/v1/invitations', asAcme, () => ({ email: `${unique()}@people.example`, role: 'viewer' })),
  },
  '/v1/tenant/domains/{id}': {
    as: asAcme,
    make: made('/v1/tenant/domains', asAcme, () => ({ domain: `${unique()}.com` })),
  },
  '/v1/services/{name}': { as: asAcme, make: aService, change: { description: 'changed' } },
  '/v1/environments/{name}': { as: asAcme, make: anEnvironment, change: { displayName: 'Changed' } },
  '/v1/interactions/{id}': { as: asAcme, make: anInteraction },
  '/v1/fixtures/{id}': { as: asAcme, make: aFixture, change: { notes: 'changed' } },
  '/v1/deployments/{id}': { as: asAcme, make: aDeployment },
  '/v1/verification-tasks/{id}': { as: asAcme, make: aTask },
  '/v1/notes/{id}': {
    as: asAcme,
    make: made('/v1/notes', asAcme, () => ({ title: unique() })),
    change: { body: 'changed' },
  },
};

/** Paths that end with a name, and answer no single resource. */
const NOT_ONE = new Set([
  '/v1/badges/{consumer}/{provider}', // a picture of two services
  '/v1/quotes/{id}/versions/{n}/diff/{m}', // what leads from one version to another
  '/v1/public/quotes/{token}', // what a visitor sees of a quote; the first look changes it
]);

const ofRecipes = Object.keys(RECIPES)
  .filter((operation) => /^get .*\}$/.test(operation))
  .map((operation) => operation.replace('get ', ''))
  .filter((path) => !(path in OTHERS) && !NOT_ONE.has(path));

const RESOURCES = { ...OTHERS, ...Object.fromEntries(ofRecipes.map((path) => [path, ofRecipe(path)])) };

const WRITES = ['patch', 'put', 'delete'] as const;
const STALE = '"1"';

let api: TestApp;
let document: OpenAPIObject;
beforeAll(async () => {
  api = await createRecipeApp();
  document = buildOpenApi(api.app);
});
afterAll(() => api.close());

it('knows every single resource of the OpenAPI document', () => {
  const paths = Object.entries(document.paths)
    .filter(([path, { get }]) => get && (path.endsWith('}') || path === '/v1/tenant'))
    .map(([path]) => path)
    .filter((path) => !NOT_ONE.has(path));
  expect(paths.sort()).toEqual(Object.keys(RESOURCES).sort());
});

describe.each(Object.entries(RESOURCES))('%s', (path, { as, make, change }) => {
  let url: string;
  beforeAll(async () => {
    url = urlOf(path, await make?.(api));
  });
  const call = (method: string, headers: Record<string, string> = {}, body?: object): Promise<Answer> =>
    api.call(method.toUpperCase(), url, { as: as(api), headers, ...(body && { body }) });
  const etag = async () => String((await call('get')).headers['etag']);
  const writes = () => WRITES.filter((method) => document.paths[path]?.[method]);

  it('is read with a strong ETag, which stays as long as the resource does', async () => {
    const first = await etag();
    expect(first).toMatch(/^"\d+(-\d+)?"$/);
    expect(await etag()).toBe(first);
    expect((await call('head')).headers['etag']).toBe(first);
  });

  it('is answered 304 to a read that knows it', async () => {
    const known = await etag();
    for (const header of [known, `W/${known}`, `"0", ${known}`, '*']) {
      for (const method of ['get', 'head']) {
        const { status, text, headers } = await call(method, { 'if-none-match': header });
        expect([status, text]).toEqual([304, '']);
        expect(headers).toMatchObject({ etag: known, 'cache-control': 'private, no-store' });
        expect(headers).not.toHaveProperty('content-type');
      }
    }
    for (const header of [STALE, 'nonsense', '']) {
      expect((await call('get', { 'if-none-match': header })).status).toBe(200);
    }
    const { responses, parameters } = document.paths[path]!.get!;
    expect(responses).toHaveProperty('304');
    expect(parameters).toContainEqual(expect.objectContaining({ name: 'If-None-Match', in: 'header' }));
  });

  it('refuses a change of what is no longer there, and changes nothing', async () => {
    const before = await etag();
    for (const method of writes()) {
      for (const header of [STALE, `W/${before}`, `${STALE}, "2"`]) {
        const refused = await call(method, { 'if-match': header }, change);
        expect(refused).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
        expect(refused.headers).not.toHaveProperty('etag');
      }
      expect(await call(method, { 'if-match': 'unquoted' }, change)).toMatchObject({
        status: 400,
        body: { code: 'IF_MATCH_INVALID' },
      });
      expect(await etag()).toBe(before);
      const { responses, parameters } = document.paths[path]![method]!;
      expect(responses).toHaveProperty('412');
      expect(parameters).toContainEqual(expect.objectContaining({ name: 'If-Match', in: 'header' }));
    }
  });

  it('is 404 before it is 412', async () => {
    if (!make) return;
    url = url.replace(/[^/]+$/, '01920000-0000-7000-8000-000000000000');
    for (const method of writes())
      expect((await call(method, { 'if-match': STALE }, change)).status).toBe(404);
  });

  it('is changed by whoever saw it last, anything, or asks for nothing', async () => {
    if (make) url = urlOf(path, await make(api));
    for (const method of writes()) {
      if (method === 'delete') continue;
      const seen = `"0", ${await etag()}`;
      for (const headers of [{ 'if-match': seen }, { 'if-match': '*' }, undefined]) {
        const before = await etag();
        const changed = await call(method, headers, change);
        expect(changed.status).toBe(200);
        expect(changed.headers['etag']).not.toBe(before);
        expect(changed.headers['etag']).toBe(await etag());
      }
    }
    if (writes().includes('patch')) expect((await call('patch', {}, {})).status).toBe(200);
    if (writes().includes('delete'))
      expect((await call('delete', { 'if-match': await etag() })).status).toBe(204);
  });
});

describe('twenty writers who saw the same', () => {
  let url: string;
  let seen: string;
  beforeEach(async () => {
    const { body, headers } = await api.call('POST', '/v1/notes', {
      as: api.acme.apiKey,
      body: { title: unique() },
    });
    url = `/v1/notes/${body.id}`;
    seen = String(headers['etag']);
    // Every connection is open before the race, else the first writer would win while the others still connect.
    await Promise.all(Array.from({ length: 20 }, () => api.call('GET', url, { as: api.acme.apiKey })));
  });
  const race = (method: (i: number) => string) =>
    Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        api.call(method(i), url, {
          as: api.acme.apiKey,
          headers: { 'if-match': seen },
          ...(method(i) === 'PATCH' && { body: { body: `of writer ${i}` } }),
        }),
      ),
    );

  it('one changes it, nineteen learn that they are late, nothing is lost', async () => {
    const answers = await race(() => 'PATCH');
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(19);
    const { body, headers } = await api.call('GET', url, { as: api.acme.apiKey });
    expect(body).toEqual(winners[0]!.body);
    expect(headers['etag']).toBe(winners[0]!.headers['etag']);
    const { rows } = await api.database.query(
      "SELECT count(*)::int AS entries FROM audit_log WHERE action = 'notes.update' AND entity_id = $1",
      [body.id],
    );
    expect(rows).toEqual([{ entries: 1 }]);
  });

  it('where some delete it, either one deletion or one change counts', async () => {
    const answers = await race((i) => (i % 2 ? 'PATCH' : 'DELETE'));
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412 || status === 404)).toHaveLength(19);
  });
});

it('lists carry no ETag', async () => {
  for (const url of ['/v1/notes', '/v1/api-keys'])
    expect((await api.call('GET', url, { as: api.acme.apiKey })).headers).not.toHaveProperty('etag');
});

it('what an operator does to a tenant asks for the version as well, and answers the new one', async () => {
  const as = api.operator.apiKey;
  const { body, headers } = await api.call('POST', '/v1/admin/tenants', {
    as,
    body: { slug: unique(), name: 'Initech' },
  });
  const url = `/v1/admin/tenants/${body.id}`;
  const suspend = (ifMatch: string) =>
    api.call('POST', `${url}/suspend`, { as, headers: { 'if-match': ifMatch }, body: { reason: 'unpaid' } });
  expect((await suspend(STALE)).status).toBe(412);
  const suspended = await suspend(String(headers['etag']));
  expect(suspended.status).toBe(200);
  expect((await api.call('GET', url, { as })).headers['etag']).toBe(suspended.headers['etag']);
});
