import { randomBytes } from 'node:crypto';
import { buildOpenApi } from '../../src/openapi.js';
import { type Answer, type TestApp, createTestApp } from './app.js';
import { DnsServer } from './dns-server.js';
import { TestIssuer } from './token-issuer.js';

/** An application with what the recipes need around it: a DNS, and an identity provider for people. */
export interface RecipeApp extends TestApp {
  issuer: TestIssuer;
}

/** The values of a path's parameters, or of its only one. */
export type Target = string | Record<string, string>;
type Body = Record<string, unknown>;

/** How one route is called with success. */
export interface Recipe {
  /** Makes what the path names. */
  resource?: (api: RecipeApp) => Promise<Target>;
  /** The values of parameters that are not made. */
  params?: Record<string, string>;
  /** A function where each call needs another body. */
  body?: Body | ((api: RecipeApp) => Body | Promise<Body>);
  /** The credential, where it is neither acme's nor the operator's. */
  as?: (api: RecipeApp) => Promise<string>;
}

export async function createRecipeApp(): Promise<RecipeApp> {
  const [dns, issuer] = await Promise.all([DnsServer.start(), TestIssuer.start()]);
  const api = await createTestApp({
    environment: { DNS_SERVERS: dns.address, JWT_ISSUERS: JSON.stringify([issuer.settings()]) },
  });
  const close = async () => {
    await api.close();
    await Promise.all([dns.stop(), issuer.down()]);
  };
  return { ...api, issuer, close };
}

const unique = () => `target-${randomBytes(8).toString('hex')}`;
const invitation = () => ({ email: `${unique()}@people.com`, role: 'member' });

/** Makes a resource by a POST, as acme or as the operator, and answers its id. */
const made =
  (url: string, body: () => object, by: 'acme' | 'operator' = 'acme') =>
  async (api: TestApp) =>
    (await api.call('POST', url, { as: api[by].apiKey, body: body() })).body.id as string;

const anApiKey = made('/v1/api-keys', () => ({ name: 'target' }));
const aNote = made('/v1/notes', () => ({ title: unique() }));
const aDomain = made('/v1/tenant/domains', () => ({ domain: `${unique()}.com` }));
const anInvitation = made('/v1/invitations', invitation);
const aTenant = made('/v1/admin/tenants', () => ({ slug: unique(), name: 'Target' }), 'operator');

const aSuspendedTenant = async (api: TestApp) => {
  const id = await aTenant(api);
  await api.call('POST', `/v1/admin/tenants/${id}/suspend`, {
    as: api.operator.apiKey,
    body: { reason: 'to begin with' },
  });
  return id;
};

const anOrganization = async (api: TestApp) => {
  const id = await aTenant(api);
  const organizationId = await made(
    `/v1/admin/tenants/${id}/organizations`,
    () => ({ issuer: 'https://id.people.com', externalId: unique() }),
    'operator',
  )(api);
  return { id, organizationId };
};

/** A member of acme, made in the database; answers the membership. */
export const aMember = async ({ acme, database }: TestApp) => {
  const { rows } = await database.query<{ id: string }>(
    `WITH person AS (INSERT INTO users (id, email) VALUES (gen_random_uuid(), $2) RETURNING id)
     INSERT INTO memberships (tenant_id, id, user_id, role) SELECT $1, gen_random_uuid(), id, 'member' FROM person RETURNING id`,
    [acme.id, `${unique()}@people.com`],
  );
  return rows[0]!.id;
};

/** The token in the mail that waits in the outbox. */
const invitationToken = async (api: TestApp) => {
  await anInvitation(api);
  const { rows } = await api.database.query<{ text: string }>(
    `SELECT content ->> 'text' AS text FROM mail_outbox ORDER BY id DESC LIMIT 1`,
  );
  return { token: /token=(\S+)/.exec(rows[0]!.text)?.[1] };
};

/** Every route of the OpenAPI document but the public ones; a route without a recipe fails the suites that use them. */
export const RECIPES: Record<string, Recipe> = {
  'get /v1/me': {},
  'get /v1/tenant': {},
  'patch /v1/tenant': { body: { name: 'Renamed' } },
  'get /v1/tenant/features': {},
  'get /v1/tenant/domains': {},
  'post /v1/tenant/domains': { body: () => ({ domain: `${unique()}.com` }) },
  'post /v1/tenant/domains/{id}/verify': { resource: aDomain },
  'get /v1/tenant/domains/{id}': { resource: aDomain },
  'delete /v1/tenant/domains/{id}': { resource: aDomain },
  'get /v1/members': {},
  'get /v1/members/{id}': { resource: aMember },
  'patch /v1/members/{id}': { resource: aMember, body: { role: 'viewer' } },
  'delete /v1/members/{id}': { resource: aMember },
  'get /v1/invitations': {},
  'post /v1/invitations': { body: invitation },
  'get /v1/invitations/{id}': { resource: anInvitation },
  'post /v1/invitations/{id}/resend': { resource: anInvitation },
  'delete /v1/invitations/{id}': { resource: anInvitation },
  'post /v1/invitations/accept': {
    body: invitationToken,
    as: ({ issuer }) => issuer.sign({ subject: unique() }),
  },
  'get /v1/api-keys': {},
  'post /v1/api-keys': { body: { name: 'made' } },
  'get /v1/api-keys/{id}': { resource: anApiKey },
  'post /v1/api-keys/{id}/rotate': { resource: anApiKey, body: {} },
  'delete /v1/api-keys/{id}': { resource: anApiKey },
  'get /v1/audit-log': {},
  'get /v1/notes': {},
  'post /v1/notes': { body: () => ({ title: unique() }) },
  'get /v1/notes/{id}': { resource: aNote },
  'patch /v1/notes/{id}': { resource: aNote, body: { body: 'changed' } },
  'delete /v1/notes/{id}': { resource: aNote },

  'get /v1/admin/tenants': {},
  'post /v1/admin/tenants': { body: () => ({ slug: unique(), name: 'Made' }) },
  'get /v1/admin/tenants/{id}': { resource: aTenant },
  'patch /v1/admin/tenants/{id}': { resource: aTenant, body: { name: 'Renamed' } },
  'post /v1/admin/tenants/{id}/suspend': { resource: aTenant, body: { reason: 'test' } },
  'post /v1/admin/tenants/{id}/reactivate': { resource: aSuspendedTenant, body: { reason: 'test' } },
  'post /v1/admin/tenants/{id}/archive': { resource: aSuspendedTenant, body: { reason: 'test' } },
  'post /v1/admin/tenants/{id}/api-keys': { resource: aTenant, body: { name: 'first' } },
  'put /v1/admin/tenants/{id}/features/{name}': {
    resource: aTenant,
    params: { name: 'custom_domains' },
    body: { enabled: true },
  },
  'get /v1/admin/tenants/{id}/organizations': { resource: aTenant },
  'post /v1/admin/tenants/{id}/organizations': {
    resource: aTenant,
    body: () => ({ issuer: 'https://id.people.com', externalId: unique() }),
  },
  'delete /v1/admin/tenants/{id}/organizations/{organizationId}': { resource: anOrganization },
};

/** An id that nothing has. */
export const NOWHERE = '01920000-0000-7000-8000-000000000000';

/** `post /v1/api-keys` and so on, for every route that is not public, read from the running application. */
export const operationsOf = ({ app }: TestApp): string[] =>
  Object.entries(buildOpenApi(app).paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    .filter((operation) => !operation.includes(' /health'));

export const isPlatform = (operation: string) => operation.includes('/v1/admin/');

/** Calls a route as its recipe says, with this credential, on this resource; an id stands for every parameter. */
export async function callRecipe(
  api: RecipeApp,
  operation: string,
  as: string,
  target: Target,
): Promise<Answer> {
  const [method = '', path = ''] = operation.split(' ');
  const { params = {}, body } = RECIPES[operation] ?? {};
  const valueOf = (name: string) => params[name] ?? (typeof target === 'string' ? target : target[name]!);
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueOf(name));
  const given = typeof body === 'function' ? await body(api) : body;
  return api.call(method.toUpperCase(), url, { as, ...(given && { body: given }) });
}
