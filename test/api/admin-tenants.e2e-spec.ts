import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';

describe('tenants, for operators', () => {
  let api: TestApp;
  let second: TestApp;
  beforeAll(async () => {
    // A long TTL, so that only the notification can explain what is seen within a second.
    api = await createTestApp({ environment: { CACHE_TTL_MS: '600000' } });
    second = await createTestApp({ sharing: api, environment: { CACHE_TTL_MS: '600000' } });
  });
  afterAll(async () => {
    await second.close();
    await api.close();
  });

  const admin = (method: string, path: string, body?: unknown) =>
    api.call(method, `/v1/admin/tenants${path}`, { as: api.operator.apiKey, body });
  const create = async (slug: string) => (await admin('POST', '', { slug, name: slug })).body;
  const system = '00000000-0000-0000-0000-000000000001';
  const auditOf = async (id: string, inLogOf = system) => {
    const { rows } = await api.database.query(
      'SELECT action, reason FROM audit_log WHERE entity_id = $1 AND tenant_id = $2 ORDER BY id',
      [id, inLogOf],
    );
    return rows;
  };

  it('creates a tenant, active, and issues its first key', async () => {
    const made = await admin('POST', '', {
      slug: 'initech',
      name: 'Initech',
      plan: 'pro',
      contactEmail: 'ops@initech.example',
    });
    expect(made).toMatchObject({
      status: 201,
      body: { slug: 'initech', status: 'active', plan: 'pro', isolation: 'shared', dataRegion: 'eu' },
    });
    const key = await admin('POST', `/${made.body.id}/api-keys`, { name: 'first' });
    expect(key.status).toBe(201);
    expect(await api.call('GET', '/v1/tenant', { as: key.body.apiKey })).toMatchObject({
      status: 200,
      body: { id: made.body.id },
    });
  });

  it('lets only one of two operators have a slug', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => admin('POST', '', { slug: 'twin', name: 'Twin' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('SLUG_TAKEN');
    const { rows } = await api.database.query(
      `SELECT count(*)::int AS audited FROM audit_log WHERE new_values ->> 'slug' = 'twin' AND tenant_id = '${system}'`,
    );
    expect(rows).toEqual([{ audited: 1 }]);
  });

  it.each(['-a', 'a-', 'A', 'a b', 'ä', '', 'a'.repeat(64)])('refuses the slug %j', async (slug) => {
    expect((await admin('POST', '', { slug, name: 'x' })).status).toBe(400);
  });

  it('refuses isolations that are not served', async () => {
    const refused = await admin('POST', '', { slug: 'apart', name: 'x', isolation: 'database' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'ISOLATION_NOT_SERVED' } });
  });

  it.each(['isolation', 'dataRegion', 'plan'])(
    'refuses %s as null: only absence is the default',
    async (field) => {
      expect((await admin('POST', '', { slug: 'nothing', name: 'x', [field]: null })).status).toBe(400);
    },
  );

  it('changes what is given, leaves what is absent, clears what is null', async () => {
    const { id } = await create('patched');
    await admin('PATCH', `/${id}`, { contactEmail: 'a@b.example', plan: 'pro' });
    expect((await admin('PATCH', `/${id}`, { name: 'New' })).body).toMatchObject({
      name: 'New',
      plan: 'pro',
      contactEmail: 'a@b.example',
    });
    expect((await admin('PATCH', `/${id}`, { contactEmail: null })).body).toMatchObject({
      name: 'New',
      contactEmail: null,
    });
    expect((await admin('PATCH', `/${id}`, { name: null })).status).toBe(400);
    expect((await admin('PATCH', `/${id}`, { slug: 'other' })).status).toBe(400);
    expect((await admin('PATCH', `/${id}`, { settings: { big: 'x'.repeat(20_000) } })).status).toBe(400);
  });

  it('follows the lifecycle only, with a reason, told to the audit logs of the operators and of the tenant', async () => {
    const { id } = await create('cycle');
    const go = async (action: string, reason?: string) =>
      (await admin('POST', `/${id}/${action}`, { reason })).status;
    expect(await go('suspend')).toBe(400);
    expect(await go('archive', 'too early')).toBe(409);
    expect(await go('suspend', 'unpaid')).toBe(200);
    expect(await go('suspend', 'again')).toBe(409);
    expect(await go('reactivate', 'paid')).toBe(200);
    expect(await go('suspend', 'left')).toBe(200);
    expect(await go('archive', 'gone')).toBe(200);
    expect(await go('reactivate', 'back')).toBe(409);
    const told = [
      ['create', null],
      ['suspend', 'unpaid'],
      ['reactivate', 'paid'],
      ['suspend', 'left'],
      ['archive', 'gone'],
    ].map(([verb, reason]) => ({ action: `tenants.${verb}`, reason }));
    expect(await auditOf(id)).toEqual(told);
    expect(await auditOf(id, id)).toEqual(told);
  });

  it('lets only one of many operators suspend, once', async () => {
    const { id } = await create('raced');
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => admin('POST', `/${id}/suspend`, { reason: 'raced' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
    expect(await auditOf(id)).toHaveLength(2);
  });

  it('never suspends the operators themselves', async () => {
    const refused = await admin('POST', '/00000000-0000-0000-0000-000000000001/suspend', { reason: 'oops' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'SYSTEM_TENANT' } });
  });

  it('answers 404 for a tenant that does not exist, and to operators only', async () => {
    const path = '/01920000-0000-7000-8000-000000000000';
    expect((await admin('GET', path)).body.code).toBe('TENANT_NOT_FOUND');
    expect((await api.call('GET', `/v1/admin/tenants${path}`, { as: api.acme.apiKey })).body.code).toBe(
      'SCOPE_MISSING',
    );
  });

  it('acts on every instance within a second of a suspension, and of the reactivation', async () => {
    const statuses = async () =>
      [api, second].map(async ({ call }) => (await call('GET', '/v1/me', { as: api.globex.apiKey })).status);
    const both = async () => Promise.all(await statuses());
    expect(await both()).toEqual([200, 200]);
    await admin('POST', `/${api.globex.id}/suspend`, { reason: 'test' });
    await eventually(async () => expect(await both()).toEqual([403, 403]), 1_000);
    expect((await second.call('GET', '/v1/api-keys', { as: api.globex.apiKey })).body.code).toBe(
      'TENANT_SUSPENDED',
    );
    await admin('POST', `/${api.globex.id}/reactivate`, { reason: 'test' });
    await eventually(async () => expect(await both()).toEqual([200, 200]), 1_000);
  });

  it('forgets its cache when the notification connection is lost, and listens again', async () => {
    const statusOfSecond = async () => (await second.call('GET', '/v1/me', { as: api.globex.apiKey })).status;
    const listeners = async () => {
      const { rows } = await api.database.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'rowhouse listener' AND datname = current_database()`,
      );
      return rows.map(({ pid }) => pid);
    };
    const setStatus = (status: string) =>
      api.database.query('UPDATE tenants SET status = $1 WHERE id = $2', [status, api.globex.id]);
    expect(await statusOfSecond()).toBe(200);
    await api.database.query(`REVOKE CONNECT ON DATABASE ${api.database.name} FROM rowhouse_control`);
    for (const pid of await listeners()) await api.database.query('SELECT pg_terminate_backend($1)', [pid]);
    await eventually(async () => expect(await listeners()).toEqual([]));
    await eventually(async () => {
      await setStatus('suspended'); // nobody hears of it
      expect(await statusOfSecond()).toBe(403);
      await setStatus('active');
    });
    await api.database.query(`GRANT CONNECT ON DATABASE ${api.database.name} TO rowhouse_control`);
    await eventually(async () => expect(await listeners()).toHaveLength(2), 15_000);
    await eventually(async () => expect(await statusOfSecond()).toBe(200), 2_000);
  });
});
