import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type TestApp, createTestApp } from '../support/app.js';
import { buildOpenApi } from '../../src/openapi.js';

interface Recipe {
  /** Makes, as acme, what the path names, and answers its id. */
  resource?: (api: TestApp) => Promise<string>;
  body?: object;
}

const apiKeyOfAcme = async (api: TestApp): Promise<string> =>
  (await api.call('POST', '/v1/api-keys', { as: api.acme.apiKey, body: { name: 'target' } })).body.id;
const noteOfAcme = async (api: TestApp): Promise<string> =>
  (await api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: { title: `target ${Math.random()}` } }))
    .body.id;

/** How each route is made for acme; a route without a recipe fails the suite. */
const RECIPES: Record<string, Recipe> = {
  'get /v1/me': {},
  'get /v1/tenant': {},
  'patch /v1/tenant': { body: { name: 'Renamed' } },
  'get /v1/api-keys': {},
  'post /v1/api-keys': { body: { name: 'made' } },
  'get /v1/api-keys/{id}': { resource: apiKeyOfAcme },
  'post /v1/api-keys/{id}/rotate': { resource: apiKeyOfAcme, body: {} },
  'delete /v1/api-keys/{id}': { resource: apiKeyOfAcme },
  'get /v1/notes': {},
  'post /v1/notes': { body: { title: 'made' } },
  'get /v1/notes/{id}': { resource: noteOfAcme },
  'patch /v1/notes/{id}': { resource: noteOfAcme, body: { body: 'changed' } },
  'delete /v1/notes/{id}': { resource: noteOfAcme },
};

const NOWHERE = '01920000-0000-7000-8000-000000000000';

describe('the same request as acme and as globex', () => {
  let api: TestApp;
  let operations: string[];
  beforeAll(async () => {
    api = await createTestApp();
    operations = Object.entries(buildOpenApi(api.app).paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
  });
  afterAll(() => api.close());

  const isPlatform = (operation: string) => operation.includes('/v1/admin/');
  const isPublic = (operation: string) => operation.includes('/health');
  const send = (operation: string, as: string, id: string, body?: object): Promise<Answer> => {
    const [method = '', path = ''] = operation.split(' ');
    return api.call(method.toUpperCase(), path.replace('{id}', id), { as, ...(body && { body }) });
  };
  /** All that differs between two answers of the same kind: the request id. */
  const comparable = ({ status, text }: Answer) => ({ status, text: text.replace(/"instance":"[^"]+"/, '') });

  it('has a recipe for every route of the OpenAPI document', () => {
    const tenantRoutes = operations.filter((operation) => !isPlatform(operation) && !isPublic(operation));
    expect(tenantRoutes.sort()).toEqual(Object.keys(RECIPES).sort());
  });

  it.each(Object.entries(RECIPES))(
    '%s answers acme, and globex nothing of acme',
    async (operation, { resource, body }) => {
      if (!resource) {
        const [acme, globex] = [
          await send(operation, api.acme.apiKey, '', body),
          await send(operation, api.globex.apiKey, '', body),
        ];
        expect([acme.status, globex.status].every((status) => status < 300)).toBe(true);
        expect(globex.text).not.toContain(api.acme.id);
        return;
      }
      const id = await resource(api);
      const stolen = await send(operation, api.globex.apiKey, id, body);
      const nowhere = await send(operation, api.globex.apiKey, NOWHERE, body);
      expect(stolen.status).toBe(404);
      expect(comparable(stolen)).toEqual(comparable(nowhere));
      expect((await send(operation, api.acme.apiKey, id, body)).status).toBeLessThan(300);
    },
  );

  it('refuses every platform route to tenants', async () => {
    for (const operation of operations.filter(isPlatform)) {
      expect(await send(operation, api.acme.apiKey, api.globex.id, {})).toMatchObject({
        status: 403,
        body: { code: 'SCOPE_MISSING' },
      });
    }
  });

  it('lists own rows only', async () => {
    for (const [as, title] of [
      [api.acme.apiKey, 'of acme'],
      [api.globex.apiKey, 'of globex'],
    ] as const) {
      await api.call('POST', '/v1/notes', { as, body: { title } });
    }
    const { text } = await api.call('GET', '/v1/notes?limit=100', { as: api.globex.apiKey });
    expect(text).toContain('of globex');
    expect(text).not.toContain('of acme');
  });
});
