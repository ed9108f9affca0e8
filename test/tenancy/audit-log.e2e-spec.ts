import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Call, type TestApp, createTestApp } from '../support/app.js';
import { runCli } from '../support/run-cli.js';
import { noteSecret } from '../support/test-logs.js';

describe('the audit log', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp();
  });
  afterAll(() => api.close());

  const log = (query: Record<string, string> = {}, as = api.acme.apiKey) =>
    api.call('GET', `/v1/audit-log?${new URLSearchParams(query).toString()}`, { as });
  const actionsOf = async (query: Record<string, string>) =>
    (await log(query)).body.data.map(({ action }: { action: string }) => action);
  const post = async (path: string, body: object = {}, call: Call = {}) =>
    await api.call('POST', path, { as: api.acme.apiKey, body, ...call });
  const makeKey = async (name: string) => (await post('/v1/api-keys', { name })).body;

  it('tells who did what to which thing, in which request, from where, newest first', async () => {
    const { id, apiKey } = await makeKey('told');
    const rotated = await post(`/v1/api-keys/${id}/rotate`, { overlapSeconds: 5 });
    const { body } = await log({ limit: '2' });
    const me = (await api.call('GET', '/v1/me', { as: api.acme.apiKey })).body.principal;
    expect(body.data).toMatchObject([
      {
        action: 'api_keys.rotate',
        entityType: 'api_key',
        entityId: id,
        actorType: 'api_key',
        actorId: me.id,
        requestId: rotated.headers['x-request-id'],
        ip: '127.0.0.1',
        reason: null,
        oldValues: null,
        newValues: { overlapSeconds: 5 },
      },
      { action: 'api_keys.create', entityId: id, newValues: { name: 'told' } },
    ]);
    expect(Object.keys(body.data[0])).not.toContain('tenantId');
    expect(JSON.stringify(body)).not.toContain(apiKey.split('_')[2]);
  });

  it('tells of an operator whose key came from the command that makes the first one', async () => {
    const { tenantUrl, controlUrl } = api.database;
    const create = (name: string) =>
      runCli(['operator:create', '--name', name], {
        DATABASE_URL: tenantUrl,
        CONTROL_DATABASE_URL: controlUrl,
        AUDIT: 'warn', // the tables of the tests are no part of the built application
      });
    const { code, output } = await create('grace');
    const [key = ''] = /^rh_\w+$/m.exec(output) ?? [];
    noteSecret(key);
    expect([code, output.replace(key, 'KEY')]).toEqual([0, expect.stringMatching(/told only now.*\nKEY\n$/)]);
    expect((await api.call('GET', '/v1/admin/tenants', { as: key })).status).toBe(200);
    const { body } = await log({ limit: '1' }, key);
    expect(body.data).toMatchObject([{ actorId: 'operator:create', newValues: { name: 'grace' } }]);
    expect(await create(' ')).toMatchObject({ code: 1, output: expect.stringContaining('--name must have') });
  });

  it('holds no secret, nor its digest', async () => {
    const made = await makeKey('secret');
    const rotated = (await post(`/v1/api-keys/${made.id}/rotate`)).body;
    const { rows } = await api.database.query<{ log: string }>(
      `SELECT string_agg(audit_log::text, '') AS log FROM audit_log`,
    );
    const { rows: digests } = await api.database.query<{ hex: string }>(
      `SELECT encode(secret_digest, 'hex') AS hex FROM api_keys`,
    );
    const secrets = [made, rotated].map(({ apiKey }) => apiKey.split('_')[2] as string);
    for (const secret of [...secrets, ...digests.map(({ hex }) => hex)])
      expect(rows[0]!.log).not.toContain(secret);
  });

  it.each(['entityType', 'entityId', 'actorType', 'actorId', 'action'])('filters by %s', async (filter) => {
    const { id, apiKey } = await makeKey('filtering');
    await post('/v1/notes', { title: `filter ${filter}` }, { as: apiKey });
    const wanted: Record<string, [string, number]> = {
      entityType: ['note', 1],
      entityId: [id, 1],
      actorType: ['user', 0],
      actorId: [id, 1],
      action: ['notes.create', 1],
    };
    const [value, least] = wanted[filter]!;
    const { status, body } = await log({ [filter]: value, limit: '100' });
    expect(status).toBe(200);
    expect(body.data.length).toBeGreaterThanOrEqual(least);
    expect(body.data.filter((entry: Record<string, string>) => entry[filter] !== value)).toEqual([]);
    expect((await log({ [filter]: filter === 'actorType' ? 'system' : 'none' })).body.data).toEqual([]);
  });

  it('filters by a half-open span of time, together with the others', async () => {
    const { id } = await makeKey('timed');
    const [{ createdAt }] = (await log({ entityId: id })).body.data;
    const after = new Date(Date.parse(createdAt) + 1).toISOString();
    expect(await actionsOf({ entityId: id, from: createdAt })).toEqual(['api_keys.create']);
    expect(await actionsOf({ entityId: id, from: createdAt, to: after })).toEqual(['api_keys.create']);
    expect(await actionsOf({ entityId: id, to: createdAt })).toEqual([]);
    expect(await actionsOf({ entityId: id, from: after })).toEqual([]);
    expect(await actionsOf({ entityId: id, from: createdAt.replace('Z', '+00:00') })).toHaveLength(1);
  });

  it.each([
    ['from', '2026-11-21'],
    ['from', '2026-11-21T09:30:00'],
    ['from', '2026-02-30T09:30:00Z'],
    ['from', '2026-11-21T09:30:60Z'],
    ['to', 'yesterday'],
    ['to', ''],
    ['actorType', 'robot'],
    ['action', ''],
    ['entityId', 'x'.repeat(256)],
    ['limit', '101'],
    ['unknown', 'x'],
  ])('refuses %s=%j', async (filter, value) => {
    expect(await log({ [filter]: value })).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
  });

  it('refuses a span that ends before it begins, and a filter given twice', async () => {
    const instant = '2026-11-21T09:30:00Z';
    expect(await log({ from: instant, to: instant })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'to', code: 'order' }] },
    });
    const twice = await api.call('GET', '/v1/audit-log?action=a&action=b', { as: api.acme.apiKey });
    expect(twice.status).toBe(400);
  });

  it('finds nothing for a value that the database cannot hold', async () => {
    expect((await api.call('GET', '/v1/audit-log?action=%00', { as: api.acme.apiKey })).status).toBe(400);
  });

  it('pages through a filtered list without missing or repeating, and the link keeps the filters', async () => {
    for (let i = 0; i < 5; i++) await makeKey(`paged ${i}`);
    const seen: string[] = [];
    let url: string | undefined = '/v1/audit-log?action=api_keys.create&limit=2';
    while (url) {
      const page = await api.call('GET', url, { as: api.acme.apiKey });
      seen.push(...page.body.data.map(({ id }: { id: string }) => id));
      url = /<([^>]+)>/.exec(String(page.headers['link']))?.[1];
      if (url) expect(url).toContain('action=api_keys.create');
    }
    const { rows } = await api.database.query<{ id: string }>(
      `SELECT id FROM audit_log WHERE tenant_id = $1 AND action = 'api_keys.create' ORDER BY id DESC`,
      [api.acme.id],
    );
    expect(seen).toEqual(rows.map(({ id }) => id));
    expect(seen.length).toBeGreaterThan(4);
  });

  it('refuses the cursor of another list', async () => {
    const { body } = await api.call('GET', '/v1/api-keys?limit=1', { as: api.acme.apiKey });
    expect(await log({ after: body.page.next })).toMatchObject({ body: { code: 'CURSOR_INVALID' } });
  });

  it('is for administrators, and shows nothing of another tenant', async () => {
    const reader = (await post('/v1/api-keys', { name: 'reader', scopes: ['tenant:read'] })).body;
    expect(await log({}, reader.apiKey)).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } });
    expect((await log({ entityId: reader.id }, api.globex.apiKey)).body.data).toEqual([]);
  });

  it('tells the tenant what an operator did to it, but neither who nor from where', async () => {
    const suspended = await post(
      `/v1/admin/tenants/${api.globex.id}/suspend`,
      { reason: 'unpaid' },
      { as: api.operator.apiKey },
    );
    await post(
      `/v1/admin/tenants/${api.globex.id}/reactivate`,
      { reason: 'paid' },
      { as: api.operator.apiKey },
    );
    const requestId = suspended.headers['x-request-id'];
    const ofRequest = async (as: string) =>
      (await log({ action: 'tenants.suspend' }, as)).body.data.filter(
        (entry: { requestId: string }) => entry.requestId === requestId,
      );
    const told = { entityId: api.globex.id, reason: 'unpaid', newValues: { status: 'suspended' } };
    expect(await ofRequest(api.globex.apiKey)).toMatchObject([
      { ...told, actorType: 'operator', actorId: '00000000-0000-0000-0000-000000000001', ip: null },
    ]);
    expect(await ofRequest(api.operator.apiKey)).toMatchObject([
      { ...told, actorType: 'api_key', ip: '127.0.0.1' },
    ]);
    expect(await ofRequest(api.acme.apiKey)).toEqual([]);
  });
});
