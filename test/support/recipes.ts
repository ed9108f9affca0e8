import { randomBytes } from 'node:crypto';
import { buildOpenApi } from '../../src/openapi.js';
import type { Answer, TestApp } from './app.js';

/** How one route is called with success. */
export interface Recipe {
  /** Makes what the path names, and answers the value of its `{id}`. */
  resource?: (api: TestApp) => Promise<string>;
  /** The values of further parameters of the path. */
  params?: Record<string, string>;
  /** A function where each call needs another body. */
  body?: object | (() => object);
}

const unique = () => `target-${randomBytes(8).toString('hex')}`;

/** Makes a resource by a POST, as acme or as the operator, and answers its id. */
const made =
  (url: string, body: () => object, by: 'acme' | 'operator' = 'acme') =>
  async (api: TestApp) =>
    (await api.call('POST', url, { as: api[by].apiKey, body: body() })).body.id as string;

const apiKey = made('/v1/api-keys', () => ({ name: 'target' }));
const note = made('/v1/notes', () => ({ title: unique() }));
const domain = made('/v1/tenant/domains', () => ({ domain: `${unique()}.com` }));
const tenant = made('/v1/admin/tenants', () => ({ slug: unique(), name: 'Target' }), 'operator');
const suspendedTenant = async (api: TestApp) => {
  const id = await tenant(api);
  await api.call('POST', `/v1/admin/tenants/${id}/suspend`, {
    as: api.operator.apiKey,
    body: { reason: 'to begin with' },
  });
  return id;
};

/**
 * Every route of the OpenAPI document but the public ones; a route without a recipe fails the suites that use them.
 * They need `DNS_SERVERS` to name a server that answers.
 */
export const RECIPES: Record<string, Recipe> = {
  'get /v1/me': {},
  'get /v1/tenant': {},
  'patch /v1/tenant': { body: { name: 'Renamed' } },
  'get /v1/tenant/features': {},
  'get /v1/tenant/domains': {},
  'post /v1/tenant/domains': { body: () => ({ domain: `${unique()}.com` }) },
  'post /v1/tenant/domains/{id}/verify': { resource: domain },
  'delete /v1/tenant/domains/{id}': { resource: domain },
  'get /v1/api-keys': {},
  'post /v1/api-keys': { body: { name: 'made' } },
  'get /v1/api-keys/{id}': { resource: apiKey },
  'post /v1/api-keys/{id}/rotate': { resource: apiKey, body: {} },
  'delete /v1/api-keys/{id}': { resource: apiKey },
  'get /v1/audit-log': {},
  'get /v1/notes': {},
  'post /v1/notes': { body: () => ({ title: unique() }) },
  'get /v1/notes/{id}': { resource: note },

  'get /v1/admin/tenants': {},
  'post /v1/admin/tenants': { body: () => ({ slug: unique(), name: 'Made' }) },
  'get /v1/admin/tenants/{id}': { resource: tenant },
  'patch /v1/admin/tenants/{id}': { resource: tenant, body: { name: 'Renamed' } },
  'post /v1/admin/tenants/{id}/suspend': { resource: tenant, body: { reason: 'test' } },
  'post /v1/admin/tenants/{id}/reactivate': { resource: suspendedTenant, body: { reason: 'test' } },
  'post /v1/admin/tenants/{id}/archive': { resource: suspendedTenant, body: { reason: 'test' } },
  'post /v1/admin/tenants/{id}/api-keys': { resource: tenant, body: { name: 'first' } },
  'put /v1/admin/tenants/{id}/features/{name}': {
    resource: tenant,
    params: { name: 'custom_domains' },
    body: { enabled: true },
  },
};

/** An id that nothing has. */
export const NOWHERE = '01920000-0000-7000-8000-000000000000';

/** `post /v1/api-keys` and so on, for every route that is not public, read from the running application. */
export const operationsOf = ({ app }: TestApp): string[] =>
  Object.entries(buildOpenApi(app).paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    .filter((operation) => !operation.includes(' /health'));

export const isPlatform = (operation: string) => operation.includes('/v1/admin/');

/** Calls a route as its recipe says, with this credential, on this resource. */
export function callRecipe(api: TestApp, operation: string, as: string, id: string): Promise<Answer> {
  const [method = '', path = ''] = operation.split(' ');
  const { params = {}, body } = RECIPES[operation] ?? {};
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? id);
  const given = typeof body === 'function' ? (body as () => object)() : body;
  return api.call(method.toUpperCase(), url, { as, ...(given && { body: given }) });
}
