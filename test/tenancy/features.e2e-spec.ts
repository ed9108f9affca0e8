import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequireScope } from '../../src/http/index.js';
import { buildOpenApi } from '../../src/openapi.js';
import { RequireFeature } from '../../src/tenancy/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';

@RequireScope('tenant:admin')
@Controller('v1/featured')
class FeaturedController {
  /** Answers where the tenant has the feature */
  @Get()
  @RequireFeature('custom_domains')
  read() {
    return {};
  }
}

@Module({ controllers: [FeaturedController] })
class FeaturedModule {}

describe('the features of a tenant', () => {
  let api: TestApp;
  let second: TestApp;
  beforeAll(async () => {
    // A long TTL, so that only the notification can explain what is seen within a second.
    const options = { environment: { CACHE_TTL_MS: '600000' }, imports: [FeaturedModule] };
    api = await createTestApp(options);
    second = await createTestApp({ ...options, sharing: api });
    for (const { id } of [api.acme, api.globex]) await admin('PATCH', `/${id}`, { plan: 'free' });
  });
  afterAll(async () => {
    await second.close();
    await api.close();
  });

  const admin = (method: string, path: string, body?: unknown) =>
    api.call(method, `/v1/admin/tenants${path}`, { as: api.operator.apiKey, body });
  const override = (tenant: string, name: string, enabled: unknown) =>
    admin('PUT', `/${tenant}/features/${name}`, { enabled });
  const featureOf = async (apiKey: string, name: string) => {
    const { body } = await api.call('GET', '/v1/tenant/features', { as: apiKey });
    return body.data.find((feature: { name: string }) => feature.name === name);
  };
  const newTenant = async (slug: string, plan = 'free') => {
    const { id } = (await admin('POST', '', { slug, name: slug, plan })).body;
    const { apiKey } = (await admin('POST', `/${id}/api-keys`, { name: 'first' })).body;
    return { id, apiKey };
  };
  /** On both instances. */
  const statuses = async (as: string) =>
    Promise.all([api, second].map(async ({ call }) => (await call('GET', '/v1/featured', { as })).status));

  it('are listed for every member: enabled or not, and why', async () => {
    const { apiKey } = await newTenant('lister');
    const reader = await api.call('POST', '/v1/api-keys', {
      as: apiKey,
      body: { name: 'reader', scopes: ['tenant:read'] },
    });
    const { status, body } = await api.call('GET', '/v1/tenant/features', { as: reader.body.apiKey });
    expect(status).toBe(200);
    expect(body.data[0]).toEqual({
      name: 'custom_domains',
      description: expect.any(String),
      enabled: false,
      source: 'plan',
    });
  });

  it('follow the plan, and an override before it, until it is removed', async () => {
    const { id, apiKey } = await newTenant('planned');
    const feature = () => featureOf(apiKey, 'custom_domains');
    await admin('PATCH', `/${id}`, { plan: 'pro' });
    expect(await feature()).toMatchObject({ enabled: true, source: 'plan' });
    expect(await override(id, 'custom_domains', false)).toMatchObject({
      status: 200,
      body: { name: 'custom_domains', enabled: false, source: 'override' },
    });
    expect(await feature()).toMatchObject({ enabled: false, source: 'override' });
    await override(id, 'custom_domains', true);
    await admin('PATCH', `/${id}`, { plan: 'free' });
    expect(await feature()).toMatchObject({ enabled: true, source: 'override' });
    expect((await override(id, 'custom_domains', null)).body).toMatchObject({
      enabled: false,
      source: 'plan',
    });
    expect(await feature()).toMatchObject({ enabled: false, source: 'plan' });
    expect((await override(id, 'custom_domains', null)).status).toBe(200);
  });

  it('open and close a route on every instance within a second', async () => {
    expect(await statuses(api.acme.apiKey)).toEqual([403, 403]);
    await override(api.acme.id, 'custom_domains', true);
    await eventually(async () => expect(await statuses(api.acme.apiKey)).toEqual([200, 200]), 1_000);
    expect(await statuses(api.globex.apiKey)).toEqual([403, 403]);
    await override(api.acme.id, 'custom_domains', null);
    await eventually(async () => expect(await statuses(api.acme.apiKey)).toEqual([403, 403]), 1_000);
  });

  it('a change of plan acts on every instance as well', async () => {
    const { id, apiKey } = await newTenant('upgraded');
    const post = async ({ call }: TestApp) =>
      (await call('POST', '/v1/tenant/domains', { as: apiKey, body: { domain: 'not a domain' } })).status;
    expect([await post(api), await post(second)]).toEqual([403, 403]);
    await admin('PATCH', `/${id}`, { plan: 'pro' });
    // Now validation is reached.
    await eventually(async () => expect([await post(api), await post(second)]).toEqual([400, 400]), 1_000);
  });

  it('say which feature is missing, after who may call', async () => {
    expect(await api.call('GET', '/v1/featured', { as: api.globex.apiKey })).toMatchObject({
      status: 403,
      body: { code: 'FEATURE_NOT_ENABLED', detail: expect.stringContaining('"custom_domains"') },
    });
    expect(await api.call('GET', '/v1/featured')).toMatchObject({ status: 401 });
    const reader = await api.call('POST', '/v1/api-keys', {
      as: api.globex.apiKey,
      body: { name: 'reader', scopes: ['tenant:read'] },
    });
    expect(await api.call('GET', '/v1/featured', { as: reader.body.apiKey })).toMatchObject({
      body: { code: 'SCOPE_MISSING' },
    });
  });

  it('stand in the OpenAPI document of the routes that need them', () => {
    const { get } = buildOpenApi(api.app).paths['/v1/featured']!;
    expect(get!.description).toContain('Needs the feature `custom_domains`');
    expect(get!.responses['403']).toMatchObject({
      description: expect.stringContaining('FEATURE_NOT_ENABLED'),
    });
  });

  it.each([
    ['custom_domains', undefined, 400],
    ['custom_domains', 'true', 400],
    ['custom_domains', 1, 400],
    ['unknown', true, 404],
    ['constructor', true, 404],
    ['Custom-Domains', true, 400],
  ])('refuses the override %s: %j with %d', async (name, enabled, status) => {
    expect((await override(api.acme.id, name, enabled)).status).toBe(status);
  });

  it('are overridden by operators only, of tenants that exist, and it is told in both logs', async () => {
    const nowhere = await override('01920000-0000-7000-8000-000000000000', 'custom_domains', true);
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'TENANT_NOT_FOUND' } });
    const byTenant = await api.call('PUT', `/v1/admin/tenants/${api.acme.id}/features/custom_domains`, {
      as: api.acme.apiKey,
      body: { enabled: true },
    });
    expect(byTenant).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } });

    await override(api.globex.id, 'custom_domains', true);
    for (const as of [api.globex.apiKey, api.operator.apiKey]) {
      const { body } = await api.call('GET', '/v1/audit-log?action=tenants.override_feature&limit=1', { as });
      expect(body.data).toMatchObject([
        {
          entityId: api.globex.id,
          oldValues: { feature: 'custom_domains', override: null },
          newValues: { feature: 'custom_domains', override: true },
        },
      ]);
    }
  });

  it('are not overridden by an operator who saw another state', async () => {
    const url = `/v1/admin/tenants/${api.globex.id}/features/custom_domains`;
    const put = (enabled: boolean | null, ifMatch?: string) =>
      api.call('PUT', url, {
        as: api.operator.apiKey,
        body: { enabled },
        ...(ifMatch && { headers: { 'if-match': ifMatch } }),
      });
    const seen = String((await put(true)).headers['etag']);
    const changed = await put(false, seen);
    expect([changed.status, changed.headers['etag'] === seen]).toEqual([200, false]);
    expect(await put(true, seen)).toMatchObject({ status: 412, body: { code: 'PRECONDITION_FAILED' } });
    expect((await put(null)).headers['etag']).toBe('"plan"');
    expect((await put(true, '"plan"')).status).toBe(200);
  });

  it('lets many operators override at once: one after the other', async () => {
    const answers = await Promise.all(
      [true, false, null, true, false].map((to) => override(api.acme.id, 'custom_domains', to)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const { body } = await api.call(
      'GET',
      `/v1/audit-log?entityId=${api.acme.id}&action=tenants.override_feature&limit=5`,
      {
        as: api.acme.apiKey,
      },
    );
    const told = body.data as { oldValues: { override: unknown }; newValues: { override: unknown } }[];
    // Newest first: what each found is what the one before it left.
    told
      .slice(0, -1)
      .forEach(({ oldValues }, i) => expect(oldValues.override).toBe(told[i + 1]!.newValues.override));
  });
});
