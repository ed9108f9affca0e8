import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';

describe('API keys', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp();
  });
  afterAll(() => api.close());

  const create = async (body: object = { name: 'ci' }) =>
    (await api.call('POST', '/v1/api-keys', { as: api.acme.apiKey, body })).body;
  const statusAs = async (apiKey: string) => (await api.call('GET', '/v1/me', { as: apiKey })).status;

  it('shows the key once, and it works', async () => {
    const made = await create({ name: 'ci', scopes: ['tenant:read'] });
    expect(made.apiKey).toMatch(/^rh_[0-9a-f]{20}_[0-9a-f]{64}$/);
    expect(await api.call('GET', '/v1/me', { as: made.apiKey })).toMatchObject({
      status: 200,
      body: {
        principal: { kind: 'api_key', id: made.id },
        tenant: { slug: 'acme' },
        scopes: ['tenant:read'],
      },
    });
    const { body, text } = await api.call('GET', `/v1/api-keys/${made.id}`, { as: api.acme.apiKey });
    expect(body).toMatchObject({ id: made.id, name: 'ci' });
    expect(text).not.toContain('igest');
    expect(body.apiKey).toBeUndefined();
  });

  it('keeps no secret in the database', async () => {
    const { apiKey } = await create();
    const { rows } = await api.database.query('SELECT api_keys::text AS row FROM api_keys');
    expect(JSON.stringify(rows)).not.toContain(apiKey.split('_')[2]);
  });

  it('gives no scope that the maker does not hold', async () => {
    const reader = await create({ name: 'reader', scopes: ['tenant:read'] });
    expect(await api.call('GET', '/v1/api-keys', { as: reader.apiKey })).toMatchObject({
      status: 403,
      body: { code: 'SCOPE_MISSING' },
    });
    const refused = await api.call('POST', '/v1/api-keys', {
      as: api.acme.apiKey,
      body: { name: 'x', scopes: ['platform:admin'] },
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'SCOPE_NOT_HELD' } });
  });

  it('refuses platform scopes outside of the system tenant even when a row says so', async () => {
    const insert = api.database.query(
      `INSERT INTO api_keys (tenant_id, id, name, public_id, secret_digest, scopes, created_by)
       VALUES ($1, gen_random_uuid(), 'x', 'x', '\\x00', '{platform:admin}', 'x')`,
      [api.acme.id],
    );
    await expect(insert).rejects.toMatchObject({ constraint: 'api_keys_platform_scopes_in_system_tenant' });
  });

  it('rotates: the old secret lives for the overlap, then only the new one', async () => {
    const made = await create();
    const rotate = (overlapSeconds: number) =>
      api.call('POST', `/v1/api-keys/${made.id}/rotate`, { as: api.acme.apiKey, body: { overlapSeconds } });
    const second = (await rotate(60)).body;
    expect([await statusAs(made.apiKey), await statusAs(second.apiKey)]).toEqual([200, 200]);
    const third = (await rotate(0)).body;
    await eventually(async () => expect(await statusAs(third.apiKey)).toBe(200));
    expect([await statusAs(made.apiKey), await statusAs(second.apiKey)]).toEqual([401, 401]);
  });

  it('is not rotated with an overlap of null, which is neither the default nor none', async () => {
    const { id } = await create();
    const { status } = await api.call('POST', `/v1/api-keys/${id}/rotate`, {
      as: api.acme.apiKey,
      body: { overlapSeconds: null },
    });
    expect(status).toBe(400);
  });

  it('is not rotated by who holds less than it does: the answer shows the new secret', async () => {
    const owners = await create({ name: 'of an owner' });
    const admin = await create({ name: 'of an admin', scopes: ['tenant:read', 'tenant:admin'] });
    const rotate = (as: string) => api.call('POST', `/v1/api-keys/${owners.id}/rotate`, { as, body: {} });
    expect(await rotate(admin.apiKey)).toMatchObject({ status: 403, body: { code: 'SCOPE_NOT_HELD' } });
    expect(await statusAs(owners.apiKey)).toBe(200);
    expect((await rotate(owners.apiKey)).status).toBe(200);
  });

  it('of a tenant is not given the platform, not even by an operator', async () => {
    const issue = (scopes: string[]) =>
      api.call('POST', `/v1/admin/tenants/${api.acme.id}/api-keys`, {
        as: api.operator.apiKey,
        body: { name: 'x', scopes },
      });
    expect(await issue(['tenant:read', 'platform:admin'])).toMatchObject({
      status: 403,
      body: { code: 'SCOPE_NOT_HELD' },
    });
    expect((await issue(['tenant:read'])).status).toBe(201);
  });

  it('revokes at once, refuses to rotate it then, and revoking again is no error', async () => {
    const made = await create();
    expect(await statusAs(made.apiKey)).toBe(200);
    const revoke = () => api.call('DELETE', `/v1/api-keys/${made.id}`, { as: api.acme.apiKey });
    expect((await revoke()).status).toBe(204);
    expect(await statusAs(made.apiKey)).toBe(401);
    expect((await revoke()).status).toBe(204);
    const rotated = await api.call('POST', `/v1/api-keys/${made.id}/rotate`, {
      as: api.acme.apiKey,
      body: {},
    });
    expect(rotated).toMatchObject({ status: 409, body: { code: 'API_KEY_REVOKED' } });
  });

  it('refuses an expired key as expired', async () => {
    const made = await create({ name: 'old', expiresAt: '2099-01-01T00:00:00Z' });
    await api.database.query(`UPDATE api_keys SET expires_at = now() WHERE id = $1`, [made.id]);
    expect(await api.call('GET', '/v1/me', { as: made.apiKey })).toMatchObject({
      status: 401,
      body: { code: 'CREDENTIAL_EXPIRED' },
    });
  });

  it('notes the last use, at most once a minute', async () => {
    const made = await create();
    const lastUsed = async () =>
      (await api.call('GET', `/v1/api-keys/${made.id}`, { as: api.acme.apiKey })).body.lastUsedAt;
    await statusAs(made.apiKey);
    const first = await eventually(async () => {
      const at = await lastUsed();
      expect(at).toEqual(expect.any(String));
      return at;
    });
    await statusAs(made.apiKey);
    expect(await lastUsed()).toBe(first);
  });

  it('pages through all keys once, newest first, with a Link to the next page', async () => {
    for (let i = 0; i < 5; i++) await create({ name: `page ${i}` });
    const seen: string[] = [];
    let url: string | undefined = '/v1/api-keys?limit=2';
    while (url) {
      const { body, headers } = await api.call('GET', url, { as: api.acme.apiKey });
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      url = /<(.+)>; rel="next"/.exec(String(headers['link']))?.[1];
      expect(url === undefined).toBe(body.page.next === null);
    }
    const { rows } = await api.database.query(
      'SELECT id FROM api_keys WHERE tenant_id = $1 ORDER BY id DESC',
      [api.acme.id],
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
  });

  it('writes every change to the audit log, in the same transaction', async () => {
    const made = await create({ name: 'audited' });
    await api.call('POST', `/v1/api-keys/${made.id}/rotate`, { as: api.acme.apiKey, body: {} });
    await api.call('DELETE', `/v1/api-keys/${made.id}`, { as: api.acme.apiKey });
    const { rows } = await api.database.query(
      'SELECT action, actor_type, tenant_id FROM audit_log WHERE entity_id = $1 ORDER BY id',
      [made.id],
    );
    const common = { actor_type: 'api_key', tenant_id: api.acme.id };
    expect(rows).toEqual(
      ['api_keys.create', 'api_keys.rotate', 'api_keys.revoke'].map((action) => ({ action, ...common })),
    );
  });
});
