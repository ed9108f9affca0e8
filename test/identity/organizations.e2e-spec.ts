import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PeopleApp, createPeopleApp, nextMail, tokenIn } from './people.js';

describe('the organization of a Clerk token', () => {
  let api: PeopleApp;
  beforeAll(async () => {
    api = await createPeopleApp({ claims: 'clerk' });
    await api.join(api.acme.apiKey, 'ada', 'admin');
    await api.join(api.globex.apiKey, 'ada', 'viewer');
    await map(api.acme.id, 'org_acme');
    await map(api.globex.id, 'org_globex');
  });
  afterAll(() => api.close());

  const map = (tenantId: string, externalId: string) =>
    api.call('POST', `/v1/admin/tenants/${tenantId}/organizations`, {
      as: api.operator.apiKey,
      body: { issuer: api.issuer.issuer, externalId },
    });
  const meAs = async (claims: Record<string, unknown>, headers = {}) =>
    api.call('GET', '/v1/me', { as: await api.token('ada', claims), headers });

  it.each([
    ['version 2', { v: 2, o: { id: 'org_acme', slg: 'whatever', rol: 'viewer' } }],
    ['version 1', { org_id: 'org_acme', org_slug: 'whatever', org_role: 'org:viewer' }],
    ['both, alike', { o: { id: 'org_acme' }, org_id: 'org_acme' }],
    ['absent in version 2', { o: null, org_id: 'org_acme' }],
  ])('is the tenant it is mapped to: %s', async (_, claims) => {
    expect(await meAs(claims)).toMatchObject({ status: 200, body: { tenant: { slug: 'acme' } } });
  });

  it('gives no role: that is what our own membership says', async () => {
    const { body } = await meAs({ o: { id: 'org_globex', rol: 'owner' }, org_role: 'org:admin' });
    expect(body.scopes.filter((scope: string) => !scope.endsWith(':read'))).toEqual([]);
  });

  it.each([
    ['of both versions, different', { o: { id: 'org_acme' }, org_id: 'org_globex' }],
    ['without an id', { o: { slg: 'acme' } }],
    ['that is no object', { o: 'org_acme' }],
    ['whose id is no text', { org_id: 7 }],
  ])("%s makes the token nobody's", async (_, claims) => {
    expect(await meAs(claims)).toMatchObject({ status: 401, body: { code: 'CREDENTIAL_INVALID' } });
  });

  const tenantAs = async (claims: Record<string, unknown>, headers = {}) =>
    api.call('GET', '/v1/tenant', { as: await api.token('ada', claims), headers });

  it.each(['org_unknown', 'acme', ''])('%j is never cast to a tenant', async (id) => {
    expect((await tenantAs({ o: { id } })).status).toBe(id === '' ? 401 : 404);
    expect((await tenantAs({ org_id: id })).status).toBe(id === '' ? 401 : 404);
  });

  it('is not the id of a tenant either', async () => {
    expect(await tenantAs({ o: { id: api.acme.id } })).toMatchObject({
      status: 404,
      body: { code: 'TENANT_NOT_FOUND' },
    });
  });

  it('binds: X-Tenant may repeat it, not change it', async () => {
    const bound = { o: { id: 'org_acme' } };
    expect((await tenantAs(bound, { 'x-tenant': 'acme' })).status).toBe(200);
    expect((await tenantAs(bound, { 'x-tenant': api.acme.id })).status).toBe(200);
    expect((await tenantAs(bound, { 'x-tenant': 'globex' })).status).toBe(404);
  });

  it('of somebody who is not a member is not found', async () => {
    const as = await api.token('stranger', { o: { id: 'org_acme' } });
    expect(await api.call('GET', '/v1/tenant', { as })).toMatchObject({
      status: 404,
      body: { code: 'TENANT_NOT_FOUND' },
    });
  });

  it('does not keep its bearer from joining the tenant it is mapped to', async () => {
    const [subject, email] = ['newcomer', 'newcomer@people.example'];
    await api.call('POST', '/v1/invitations', { as: api.acme.apiKey, body: { email, role: 'viewer' } });
    const as = await api.token(subject, { o: { id: 'org_acme' } });
    expect((await api.call('GET', '/v1/me', { as })).body).toMatchObject({ tenant: null, memberships: [] });
    const body = { token: tokenIn(await nextMail(api.mail, email)) };
    expect((await api.call('POST', '/v1/invitations/accept', { as, body })).status).toBe(200);
    expect((await api.call('GET', '/v1/tenant', { as })).body.slug).toBe('acme');
  });

  it('is one tenant only, listed and ended by operators, at once', async () => {
    expect(await map(api.globex.id, 'org_acme')).toMatchObject({
      status: 409,
      body: { code: 'ORGANIZATION_TAKEN' },
    });
    const path = `/v1/admin/tenants/${api.globex.id}/organizations`;
    const { body } = await api.call('GET', path, { as: api.operator.apiKey });
    expect(body.data).toMatchObject([{ externalId: 'org_globex' }]);
    const claims = { o: { id: 'org_globex' } };
    expect((await meAs(claims)).status).toBe(200);
    // Here it is ended without the notification, which comes a moment later.
    await api.database.query('DROP TRIGGER external_organizations_changed ON external_organizations');
    const foreign = `/v1/admin/tenants/${api.acme.id}/organizations/${body.data[0].id}`;
    expect((await api.call('DELETE', foreign, { as: api.operator.apiKey })).status).toBe(404);
    expect((await api.call('DELETE', `${path}/${body.data[0].id}`, { as: api.operator.apiKey })).status).toBe(
      204,
    );
    expect((await tenantAs(claims)).status).toBe(404);
  });
});
