import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TENANT_SCOPES } from '../../src/identity/scopes.js';
import { eventually } from '../support/eventually.js';
import { type PeopleApp, addressOf, createPeopleApp } from './people.js';

/** Of all that tenants can be allowed, what these words stand for. */
const may = (...verbs: string[]) => TENANT_SCOPES.filter((scope) => verbs.includes(scope.split(':')[1]!));
const DECISIONS = ['approve', 'override-price', 'force-edit'];

describe('members', () => {
  let api: PeopleApp;
  let owner: string;
  beforeEach(async () => {
    api = await createPeopleApp();
    owner = await api.join(api.acme.apiKey, 'olga', 'owner');
  });
  afterEach(() => api.close());

  const changeRole = (as: string, id: string, role: string) =>
    api.call('PATCH', `/v1/members/${id}`, { as, body: { role } });
  const remove = (as: string, id: string) => api.call('DELETE', `/v1/members/${id}`, { as });
  const rolesIn = async (as: string): Promise<Record<string, string>> => {
    const { body } = await api.call('GET', '/v1/members?limit=100', { as });
    return Object.fromEntries(
      body.data.map(({ email, role }: { email: string; role: string }) => [email, role]),
    );
  };

  it('are listed with their names, page by page', async () => {
    await api.join(owner, 'mia', 'member');
    const first = await api.call('GET', '/v1/members?limit=1', { as: owner });
    expect(first.body.data).toMatchObject([{ email: addressOf('mia'), role: 'member' }]);
    const { body } = await api.call('GET', `/v1/members?limit=1&after=${first.body.page.next}`, {
      as: owner,
    });
    expect(body).toMatchObject({ data: [{ email: addressOf('olga'), role: 'owner' }], page: { next: null } });
    const id = await api.memberId(owner, 'mia');
    expect((await api.call('GET', `/v1/members/${id}`, { as: owner })).body).toEqual(first.body.data[0]);
  });

  it.each([
    ['viewer', may('read')],
    ['member', may('read', 'write')],
    ['admin', may('read', 'write', 'admin', ...DECISIONS)],
    ['owner', may('read', 'write', 'admin', ...DECISIONS, 'own')],
  ])('who are %s may do what the role says, also when it changes', async (role, scopes) => {
    const as = await api.join(owner, 'mia', 'viewer');
    await changeRole(owner, await api.memberId(owner, 'mia'), role);
    await eventually(async () =>
      expect((await api.call('GET', '/v1/me', { as })).body.scopes).toEqual(scopes),
    );
    expect(scopes.length).toBeGreaterThan(5);
    const isAdmin = scopes.includes('tenant:admin');
    expect((await api.call('GET', '/v1/invitations', { as })).status).toBe(isAdmin ? 200 : 403);
    expect((await api.call('GET', '/v1/members', { as })).status).toBe(200);
  });

  it('who are removed are out at once; what they made stays', async () => {
    const as = await api.join(owner, 'mia', 'admin');
    const key = await api.call('POST', '/v1/api-keys', { as, body: { name: 'of mia' } });
    expect(key.status).toBe(201);
    expect((await remove(owner, await api.memberId(owner, 'mia'))).status).toBe(204);
    let status = 200;
    while (status === 200) ({ status } = await api.call('GET', '/v1/members', { as }));
    expect(status).toBe(403);
    expect((await api.call('GET', '/v1/me', { as: key.body.apiKey })).status).toBe(200);
    const again = await api.join(owner, 'mia', 'viewer');
    expect((await api.call('GET', '/v1/tenant', { as: again })).status).toBe(200);
  });

  it('keep a last owner', async () => {
    const id = await api.memberId(owner, 'olga');
    for (const answer of [
      await changeRole(owner, id, 'admin'),
      await remove(owner, id),
      await remove(api.acme.apiKey, id),
    ])
      expect(answer).toMatchObject({ status: 409, body: { code: 'LAST_OWNER' } });
    expect(await rolesIn(owner)).toEqual({ [addressOf('olga')]: 'owner' });
  });

  it('are made and unmade owners by owners only', async () => {
    const admin = await api.join(owner, 'adam', 'admin');
    const ofOlga = await api.memberId(owner, 'olga');
    const ofAdam = await api.memberId(owner, 'adam');
    for (const answer of [
      await changeRole(admin, ofAdam, 'owner'),
      await changeRole(admin, ofOlga, 'viewer'),
      await remove(admin, ofOlga),
      await api.call('POST', '/v1/invitations', {
        as: admin,
        body: { email: 'x@people.example', role: 'owner' },
      }),
    ])
      expect(answer).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } });
    expect((await changeRole(owner, ofAdam, 'owner')).status).toBe(200);
  });

  it('get nothing of the platform from who does not hold it, in the system tenant either', async () => {
    const { operator } = api;
    const make = { as: operator.apiKey, body: { name: 'tenant scopes only' } };
    const as = (await api.call('POST', '/v1/api-keys', make)).body.apiKey as string;
    await api.join(as, 'vera', 'viewer');
    const ofVera = await api.memberId(as, 'vera');
    const invite = (role: string) =>
      api.call('POST', '/v1/invitations', { as, body: { email: `${role}@people.example`, role } });
    for (const answer of [
      await invite('admin'),
      await invite('owner'),
      await changeRole(as, ofVera, 'admin'),
    ])
      expect(answer).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } });
    expect((await invite('member')).status).toBe(201);
    expect((await changeRole(operator.apiKey, ofVera, 'admin')).status).toBe(200);
    expect((await changeRole(as, ofVera, 'viewer')).body).toMatchObject({ code: 'SCOPE_MISSING' });
  });

  it('cannot demote each other at the same moment until no owner is left', async () => {
    for (let round = 0; round < 5; round++) {
      const people = ['olga', `peer${round}a`, `peer${round}b`];
      const tokens = [owner];
      for (const subject of people.slice(1)) tokens.push(await api.join(owner, subject, 'owner'));
      const ids = await Promise.all(people.map((subject) => api.memberId(owner, subject)));
      // Everybody demotes or removes everybody else, at once, past the caches of roles.
      const wishes = tokens.flatMap((as, by) =>
        ids
          .filter((_, index) => index !== by)
          .map((id, turn) => (turn % 2 ? remove(as, id) : changeRole(as, id, 'viewer'))),
      );
      const answers = await Promise.all(wishes);
      expect(
        answers.map(({ status }) => status).every((status) => [200, 204, 403, 404, 409].includes(status)),
      ).toBe(true);
      const roles = await rolesIn(api.acme.apiKey);
      const owners = Object.entries(roles).filter(([, role]) => role === 'owner');
      expect(owners.length).toBeGreaterThanOrEqual(1);
      const olga = await api.memberId(api.acme.apiKey, 'olga').catch(() => undefined);
      if (!olga) owner = await api.join(api.acme.apiKey, 'olga', 'owner');
      else await changeRole(api.acme.apiKey, olga, 'owner');
      while (!(await api.call('GET', '/v1/me', { as: owner })).body.scopes.includes('tenant:own'));
      for (const subject of people.slice(1)) {
        const id = await api.memberId(owner, subject).catch(() => undefined);
        if (id) await remove(owner, id);
      }
    }
  });

  it("of another tenant are neither seen nor changed, and their names stay their tenant's", async () => {
    const foreign = await api.memberId(owner, 'olga');
    const as = api.globex.apiKey;
    expect((await api.call('GET', '/v1/members', { as })).body.data).toEqual([]);
    for (const answer of [
      await api.call('GET', `/v1/members/${foreign}`, { as }),
      await changeRole(as, foreign, 'viewer'),
      await remove(as, foreign),
    ])
      expect(answer).toMatchObject({ status: 404, body: { code: 'MEMBER_NOT_FOUND' } });
    expect(await rolesIn(owner)).toEqual({ [addressOf('olga')]: 'owner' });
  });

  it('of several tenants choose one', async () => {
    await api.join(api.globex.apiKey, 'olga', 'viewer');
    const tenantOf = async (headers = {}) => api.call('GET', '/v1/tenant', { as: owner, headers });
    let status = 200;
    while (status === 200) ({ status } = await tenantOf());
    expect(await tenantOf()).toMatchObject({ status: 400, body: { code: 'TENANT_REQUIRED' } });
    for (const name of ['acme', 'globex'])
      expect((await tenantOf({ 'x-tenant': name })).body.slug).toBe(name);
    expect((await tenantOf({ 'x-tenant': api.globex.id })).body.slug).toBe('globex');
    for (const name of ['system', 'nowhere', '', 'ACME'])
      expect(await tenantOf({ 'x-tenant': name })).toMatchObject({
        status: 404,
        body: { code: 'TENANT_NOT_FOUND' },
      });
    const me = await api.call('GET', '/v1/me', { as: owner });
    expect(me.body).toMatchObject({ tenant: null, scopes: [] });
    const memberships = me.body.memberships.map(
      ({ tenant, role }: { tenant: { slug: string }; role: string }) => `${tenant.slug} ${role}`,
    );
    expect(memberships.sort()).toEqual(['acme owner', 'globex viewer']);
  });

  it('of a suspended tenant are refused, in that tenant only', async () => {
    await api.join(api.globex.apiKey, 'olga', 'viewer');
    const path = `/v1/admin/tenants/${api.globex.id}/suspend`;
    await api.call('POST', path, { as: api.operator.apiKey, body: { reason: 'unpaid' } });
    const inTenant = (name: string) =>
      api.call('GET', '/v1/tenant', { as: owner, headers: { 'x-tenant': name } });
    let status = 200;
    while (status === 200 || status === 404) ({ status } = await inTenant('globex'));
    expect(await inTenant('globex')).toMatchObject({ status: 403, body: { code: 'TENANT_SUSPENDED' } });
    expect((await inTenant('acme')).status).toBe(200);
  });

  it('of the system tenant administer the platform', async () => {
    const operator = await api.join(api.operator.apiKey, 'opal', 'admin');
    expect((await api.call('GET', '/v1/admin/tenants', { as: operator })).status).toBe(200);
    const viewer = await api.join(api.operator.apiKey, 'vera', 'viewer');
    expect((await api.call('GET', '/v1/admin/tenants', { as: viewer })).status).toBe(403);
  });

  it('act in their own name', async () => {
    const note = await api.call('POST', '/v1/api-keys', { as: owner, body: { name: 'x' } });
    const { rows } = await api.database.query(
      `SELECT actor_type, actor_id FROM audit_log WHERE entity_id = $1`,
      [note.body.id],
    );
    const { body } = await api.call('GET', '/v1/me', { as: owner });
    expect(rows).toEqual([{ actor_type: 'user', actor_id: body.principal.id }]);
    expect(note.body.createdBy).toBe(body.principal.id);
  });

  it('of nothing but suspended tenants still see who they are, and can join another', async () => {
    const sue = await api.join(api.globex.apiKey, 'sue', 'member');
    const path = `/v1/admin/tenants/${api.globex.id}/suspend`;
    await api.call('POST', path, { as: api.operator.apiKey, body: { reason: 'unpaid' } });
    const me = (headers = {}) => api.call('GET', '/v1/me', { as: sue, headers });
    expect(await me()).toMatchObject({ status: 200, body: { tenant: null, scopes: [] } });
    for (const answer of [
      await me({ 'x-tenant': 'globex' }),
      await api.call('GET', '/v1/members', { as: sue }),
    ])
      expect(answer).toMatchObject({ status: 403, body: { code: 'TENANT_SUSPENDED' } });
    await api.join(api.acme.apiKey, 'sue', 'viewer');
    expect((await me({ 'x-tenant': 'acme' })).status).toBe(200);
  });
});
