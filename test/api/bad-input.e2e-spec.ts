import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { TENANT_POOL } from '../../src/database/index.js';
import { type Call, type TestApp, createTestApp } from '../support/app.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

/** How often a tenant connection was taken while `work` ran. */
async function connectionsTakenBy(work: () => Promise<unknown>): Promise<number> {
  const pool = api.app.get<Pool>(TENANT_POOL);
  let taken = 0;
  const count = () => taken++;
  pool.on('acquire', count);
  await work();
  pool.off('acquire', count);
  return taken;
}

describe('a request without a valid credential', () => {
  const cases: [string, () => Call, number, string][] = [
    ['no key', () => ({}), 401, 'CREDENTIAL_MISSING'],
    ['a wrong key', () => ({ as: `rh_${'0'.repeat(20)}_${'0'.repeat(64)}` }), 401, 'CREDENTIAL_INVALID'],
    [
      'the right public id and a wrong secret',
      () => ({ as: api.acme.apiKey.slice(0, -64) + '0'.repeat(64) }),
      401,
      'CREDENTIAL_INVALID',
    ],
    ['a malformed key', () => ({ as: 'hello' }), 401, 'CREDENTIAL_INVALID'],
    ['another scheme', () => ({ headers: { authorization: 'Basic YTpi' } }), 401, 'CREDENTIAL_MISSING'],
    ['no scheme', () => ({ headers: { authorization: api.acme.apiKey } }), 401, 'CREDENTIAL_MISSING'],
    ['an empty header', () => ({ headers: { authorization: '' } }), 401, 'CREDENTIAL_MISSING'],
    ['a missing scope', () => ({ as: api.acme.apiKey, headers: {} }), 403, 'SCOPE_MISSING'],
    [
      "another tenant's slug in X-Tenant",
      () => ({ as: api.acme.apiKey, headers: { 'x-tenant': 'globex' } }),
      404,
      'TENANT_NOT_FOUND',
    ],
    [
      'an unknown tenant in X-Tenant',
      () => ({ as: api.acme.apiKey, headers: { 'x-tenant': 'nobody' } }),
      404,
      'TENANT_NOT_FOUND',
    ],
  ];

  it.each(cases)('%s is refused before a tenant connection is taken', async (_, call, status, code) => {
    const taken = await connectionsTakenBy(async () => {
      const answer = await api.call('GET', '/v1/admin/tenants', call());
      expect(answer).toMatchObject({ status, body: { status, code, type: `urn:rowhouse:problem:${code}` } });
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.body.instance).toBe(answer.headers['x-request-id']);
    });
    expect(taken).toBe(0);
  });

  it('challenges the client as RFC 9110 asks', async () => {
    const { headers } = await api.call('GET', '/v1/me');
    expect(headers['www-authenticate']).toBe('Bearer realm="rowhouse"');
  });

  it('accepts the own slug or id in X-Tenant', async () => {
    for (const tenant of ['acme', api.acme.id]) {
      const { status } = await api.call('GET', '/v1/me', {
        as: api.acme.apiKey,
        headers: { 'x-tenant': tenant },
      });
      expect(status).toBe(200);
    }
  });
});

const json = (payload: string) => ({ headers: { 'content-type': 'application/json' }, body: payload });

describe('a request that is not valid', () => {
  const nested = (depth: number) => '{"name":'.repeat(depth) + '1' + '}'.repeat(depth);
  const cases: [string, string, string, Call, number, string][] = [
    ['a malformed UUID', 'GET', '/v1/api-keys/17', {}, 400, 'VALIDATION_FAILED'],
    [
      'an unknown field',
      'POST',
      '/v1/api-keys',
      { body: { name: 'x', admin: true } },
      400,
      'VALIDATION_FAILED',
    ],
    ['an unknown query parameter', 'GET', '/v1/api-keys?page=2', {}, 400, 'VALIDATION_FAILED'],
    ['a missing field', 'POST', '/v1/api-keys', { body: {} }, 400, 'VALIDATION_FAILED'],
    ['no body', 'POST', '/v1/api-keys', {}, 400, 'VALIDATION_FAILED'],
    ['a body that is an array', 'POST', '/v1/api-keys', { body: [] }, 400, 'VALIDATION_FAILED'],
    ['a body that is null', 'POST', '/v1/api-keys', json('null'), 400, 'VALIDATION_FAILED'],
    ['a body that is a string', 'POST', '/v1/api-keys', json('"text"'), 400, 'VALIDATION_FAILED'],
    ['a change that is null', 'PATCH', '/v1/tenant', json('null'), 400, 'VALIDATION_FAILED'],
    [
      'a key that has expired already',
      'POST',
      '/v1/api-keys',
      { body: { name: 'x', expiresAt: '2020-01-01T00:00:00Z' } },
      400,
      'VALIDATION_FAILED',
    ],
    [
      'an instant without an offset',
      'POST',
      '/v1/api-keys',
      { body: { name: 'x', expiresAt: '2099-01-01T00:00:00' } },
      400,
      'VALIDATION_FAILED',
    ],
    ['a wrong type', 'POST', '/v1/api-keys', { body: { name: 7 } }, 400, 'VALIDATION_FAILED'],
    [
      'an unknown scope',
      'POST',
      '/v1/api-keys',
      { body: { name: 'x', scopes: ['all'] } },
      400,
      'VALIDATION_FAILED',
    ],
    [
      'half of a surrogate pair in the address of an invitation',
      'POST',
      '/v1/invitations',
      json('{"email":"x\\udfff@a.example","role":"member"}'),
      400,
      'VALIDATION_FAILED',
    ],
    [
      'half of a surrogate pair in the address of a tenant',
      'PATCH',
      '/v1/tenant',
      json('{"contactEmail":"x\\udfff@a.example"}'),
      400,
      'VALIDATION_FAILED',
    ],
    ['broken JSON', 'POST', '/v1/api-keys', json('{"name'), 400, 'BODY_MALFORMED'],
    [
      'a __proto__ key',
      'POST',
      '/v1/api-keys',
      json('{"name":"x","__proto__":{"a":1}}'),
      400,
      'BODY_MALFORMED',
    ],
    [
      'another content type',
      'POST',
      '/v1/api-keys',
      { headers: { 'content-type': 'text/plain' }, body: 'x' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a body that is too large',
      'POST',
      '/v1/api-keys',
      { body: { name: 'x'.repeat(2_000_000) } },
      413,
      'BODY_TOO_LARGE',
    ],
    ['a body nested too deep', 'POST', '/v1/api-keys', json(nested(100_000)), 400, 'BODY_TOO_DEEP'],
    ['limit 0', 'GET', '/v1/api-keys?limit=0', {}, 400, 'VALIDATION_FAILED'],
    ['limit 101', 'GET', '/v1/api-keys?limit=101', {}, 400, 'VALIDATION_FAILED'],
    ['limit ten', 'GET', '/v1/api-keys?limit=ten', {}, 400, 'VALIDATION_FAILED'],
    ['an unknown route', 'GET', '/v1/nothing', {}, 404, 'NOT_FOUND'],
  ];

  it.each(cases)(
    '%s is refused before a tenant connection is taken',
    async (_, method, url, call, status, code) => {
      const taken = await connectionsTakenBy(async () => {
        const answer = await api.call(method, url, { as: api.acme.apiKey, ...call });
        expect(answer).toMatchObject({ status, body: { status, code } });
      });
      expect(taken).toBe(0);
    },
  );

  it.each(['settings', 'branding'])('stores %s as deep as a body may be nested', async (field) => {
    const body = (depth: number) => json(`{"${field}":${nested(depth)}}`).body;
    const patch = (depth: number) =>
      api.call('PATCH', '/v1/tenant', { as: api.acme.apiKey, ...json(body(depth)) });
    expect([(await patch(99)).status, (await patch(100)).status]).toEqual([200, 400]);
  });

  it('refuses a long list of scopes without comparing each with each', async () => {
    const scopes = Array.from({ length: 150_000 }, (_, i) => i);
    const answer = await api.call('POST', '/v1/api-keys', {
      as: api.acme.apiKey,
      body: { name: 'x', scopes },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  }, 3_000);

  it('names every wrong field at once', async () => {
    const { body } = await api.call('POST', '/v1/api-keys', {
      as: api.acme.apiKey,
      body: { name: '', expiresAt: 'soon', colour: 'red' },
    });
    expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      'colour',
      'expiresAt',
      'name',
    ]);
  });

  it.each(['', 'abc', 'eyJ4IjoxfQ', 'x'.repeat(201), '../../etc'])(
    'refuses the cursor %j',
    async (cursor) => {
      const { status } = await api.call('GET', `/v1/api-keys?after=${encodeURIComponent(cursor)}`, {
        as: api.acme.apiKey,
      });
      expect(status).toBe(400);
    },
  );

  it('refuses a cursor that was tampered with, or issued for another list', async () => {
    await api.call('POST', '/v1/api-keys', { as: api.acme.apiKey, body: { name: 'second' } });
    const { body } = await api.call('GET', '/v1/api-keys?limit=1', { as: api.acme.apiKey });
    const cursor: string = body.page.next;
    const tampered = (cursor[0] === 'M' ? 'N' : 'M') + cursor.slice(1);
    for (const [url, as] of [
      [`/v1/api-keys?after=${tampered}`, api.acme.apiKey],
      [`/v1/admin/tenants?after=${cursor}`, api.operator.apiKey],
    ] as const) {
      expect(await api.call('GET', url, { as })).toMatchObject({
        status: 400,
        body: { code: 'CURSOR_INVALID' },
      });
    }
  });

  it.each(['a\u0000b', '\ud800'])('never fails on the text %j', async (name) => {
    const { status } = await api.call('POST', '/v1/api-keys', { as: api.acme.apiKey, body: { name } });
    expect([201, 400]).toContain(status);
  });
});

describe('a refusal says in one sentence what to do:', () => {
  const key = '/v1/api-keys';
  const cases: [string, string, string, Call, string][] = [
    ['a missing field', 'POST', key, { body: {} }, 'name is required'],
    ['no body', 'POST', key, {}, 'name is required'],
    ['another type', 'POST', key, { body: { name: 7 } }, 'name must be a string'],
    [
      'a limit that is no number',
      'GET',
      `${key}?limit=abc`,
      {},
      'limit must be a whole number from 1 to 100',
    ],
    ['a limit out of range', 'GET', `${key}?limit=101`, {}, 'limit must not be greater than 100'],
    ['an unknown query parameter', 'GET', `${key}?page=2`, {}, 'page is not a known query parameter'],
    ['one where none is taken', 'GET', '/v1/tenant?page=2', {}, 'page is not a known query parameter'],
    ['an unknown field', 'POST', key, { body: { name: 'x', admin: true } }, 'admin is not a known field'],
    ['a list', 'POST', key, json('[1]'), 'The body must be a JSON object'],
    ['a text', 'POST', key, json('"x"'), 'The body must be a JSON object'],
    ['null', 'POST', key, json('null'), 'The body must be a JSON object'],
    ['nothing', 'POST', key, json(''), 'The body is empty: send a JSON object.'],
    ['broken JSON', 'POST', key, json('{\n"name" 1}'), 'The body is not valid JSON: line 2, column 8.'],
    [
      'an unknown route',
      'GET',
      '/v1/apikeys?a=1',
      {},
      'There is no GET /v1/apikeys; /docs lists every route.',
    ],
  ];

  it.each(cases)('%s', async (_, method, url, call, detail) => {
    expect((await api.call(method, url, { as: api.acme.apiKey, ...call })).body.detail).toBe(detail);
  });

  it('names what is required where something is in it', async () => {
    const body = { customerId: api.acme.id, title: 'x', lines: [{ quantity: '1' }] };
    const { errors } = (await api.call('POST', '/v1/quotes', { as: api.acme.apiKey, body })).body;
    expect(errors).toEqual(
      expect.arrayContaining([
        { path: 'lines.0.description', code: 'required', message: expect.any(String) },
      ]),
    );
  });
});

it('leaves the query of a public route to whoever made the link', async () => {
  expect((await api.call('GET', '/health/live?from=probe')).status).toBe(200);
});

it('refuses a text that is longer for the database than for the validator, which leaves out variation selectors', async () => {
  const body = { companyName: 'a\uFE0F'.repeat(200) };
  expect(await api.call('POST', '/v1/customers', { as: api.acme.apiKey, body })).toMatchObject({
    status: 400,
    body: { code: 'VALUE_REFUSED' },
  });
});
