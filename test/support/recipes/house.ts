import { newId } from '../../../src/database/index.js';
import type { TestApp } from '../app.js';
import { type Recipe, made, unique } from './recipe.js';

const invitation = () => ({ email: `${unique()}@people.com`, role: 'member' });

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
    `WITH person AS (INSERT INTO users (id, email) VALUES ($3, $2) RETURNING id)
     INSERT INTO memberships (tenant_id, id, user_id, role) SELECT $1, $4, id, 'member' FROM person RETURNING id`,
    [acme.id, `${unique()}@people.com`, newId(), newId()],
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

/** Tenants, people, keys, and the platform's operators. */
export const HOUSE_RECIPES: Record<string, Recipe> = {
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
