import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { StatementError, TENANT_POOL } from '../../src/database/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import {
  ProbeModule,
  isReplay,
  keysNamed,
  newKey,
  post,
  resetScript,
  script,
} from '../support/idempotency-probe.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp({ imports: [ProbeModule] });
});
afterAll(() => api.close());
beforeEach(resetScript);

describe('the same request again', () => {
  it('is answered the same, to the byte, and has no second effect', async () => {
    const [key, body] = [newKey(), { name: 'once', scopes: ['tenant:read'] }];
    const first = await post(api, '/v1/api-keys', key, { body });
    const again = await post(api, '/v1/api-keys', key, { body });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect([isReplay(first), isReplay(again)]).toEqual([false, true]);
    for (const name of ['etag', 'content-type', 'cache-control', 'content-length'])
      expect(again.headers[name]).toBe(first.headers[name]);
    expect(first.headers['etag']).toMatch(/^"\d+"$/);
    expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
    expect(await keysNamed(api, 'once')).toBe(1);
  });

  it('is what an answer without the header is, but for the mark', async () => {
    const plain = await api.call('POST', '/v1/probe/tenant', { as: api.acme.apiKey, body: {} });
    script.runs = 0;
    const { status, text, headers } = await post(api, '/v1/probe/tenant', newKey());
    expect([status, text]).toEqual([plain.status, plain.text]);
    expect(Object.keys(headers).sort()).toEqual(Object.keys(plain.headers).sort());
    expect(headers['content-type']).toBe(plain.headers['content-type']);
  });

  it('means the same with its keys in another order, and the key in quotes', async () => {
    const key = newKey();
    await post(api, '/v1/probe/tenant', key, { body: { a: 1, b: { c: 2, d: 3 } } });
    const again = await post(api, '/v1/probe/tenant', `"${key}"`, { body: { b: { d: 3, c: 2 }, a: 1 } });
    expect([again.status, isReplay(again), script.runs]).toEqual([201, true, 1]);
  });

  it('with another body, query or path is 422, and the first answer stays', async () => {
    const key = newKey();
    const rotate = async (id: string) => post(api, `/v1/api-keys/${id}/rotate`, key);
    const ids = await Promise.all(
      ['x', 'y'].map(
        async (name) =>
          (await api.call('POST', '/v1/api-keys', { as: api.acme.apiKey, body: { name } })).body.id,
      ),
    );
    expect((await rotate(ids[0])).status).toBe(200);
    expect(await rotate(ids[1])).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    await post(api, '/v1/probe/tenant', key, { body: { a: 1 } });
    for (const refused of [
      await post(api, '/v1/probe/tenant', key, { body: { a: 2 } }),
      await post(api, '/v1/probe/tenant?b=1', key, { body: { a: 1 } }),
    ])
      expect(refused).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(isReplay(await post(api, '/v1/probe/tenant', key, { body: { a: 1 } }))).toBe(true);
    expect(script.runs).toBe(1);
  });

  it('on the control plane counts once as well', async () => {
    const as = api.operator.apiKey;
    const [key, body] = [newKey(), { slug: 'initech', name: 'Initech' }];
    const first = await post(api, '/v1/admin/tenants', key, { as, body });
    const again = await post(api, '/v1/admin/tenants', key, { as, body });
    expect([first.status, again.status, isReplay(again)]).toEqual([201, 201, true]);
    expect(again.text).toBe(first.text);
    const issue = () =>
      post(api, `/v1/admin/tenants/${first.body.id}/api-keys`, key, { as, body: { name: 'first' } });
    expect((await issue()).text).toBe((await issue()).text);
    expect(await keysNamed(api, 'first')).toBe(1);
  });

  it('may have had no body, or text', async () => {
    for (const [url, status, next] of [
      ['/v1/probe/empty', 204, async () => undefined],
      ['/v1/probe/text', 201, async () => 'plain text'],
    ] as const) {
      script.next = next;
      const key = newKey();
      const [first, again] = [await post(api, url, key), await post(api, url, key)];
      expect([first.status, again.status, isReplay(again)]).toEqual([status, status, true]);
      expect(again.text).toBe(first.text);
      expect(again.headers['content-type']).toBe(first.headers['content-type']);
    }
  });

  it('runs again inside where the route is retryable, and counts once', async () => {
    script.next = async () => {
      if (script.runs < 3) throw new StatementError('40001', 'digest', undefined, undefined, '');
      return { runs: script.runs };
    };
    const key = newKey();
    expect((await post(api, '/v1/probe/retryable', key)).body).toEqual({ runs: 3 });
    expect(await post(api, '/v1/probe/retryable', key)).toMatchObject({ body: { runs: 3 } });
  });
});

describe('the same key', () => {
  it('is another one for another tenant, principal or route', async () => {
    const { body: second } = await api.call('POST', '/v1/api-keys', {
      as: api.acme.apiKey,
      body: { name: 'second principal' },
    });
    const key = newKey();
    const answers = [
      await post(api, '/v1/probe/tenant', key),
      await post(api, '/v1/probe/tenant', key, { as: api.globex.apiKey }),
      await post(api, '/v1/probe/tenant', key, { as: second.apiKey }),
      await post(api, '/v1/probe/control', key),
      await post(api, '/v1/probe/text', key),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(answers.filter(isReplay)).toEqual([]);
    expect(script.runs).toBe(5);
  });

  it('counts for nothing on other methods and on public routes', async () => {
    const headers = { 'idempotency-key': newKey() };
    for (let i = 1; i <= 2; i++) {
      expect(isReplay(await api.call('POST', '/v1/probe/public', { headers }))).toBe(false);
      const changed = await api.call('PATCH', '/v1/tenant', { as: api.acme.apiKey, headers, body: {} });
      expect([changed.status, isReplay(changed)]).toEqual([200, false]);
    }
    expect(script.runs).toBe(2);
    expect((await api.call('GET', '/v1/me', { as: api.acme.apiKey, headers })).status).toBe(200);
  });

  it.each(['', 'two words', 'x'.repeat(256), 'ü', '"open'])('cannot be %j', async (key) => {
    const pool = api.app.get<Pool>(TENANT_POOL);
    let taken = 0;
    const count = () => taken++;
    pool.on('acquire', count);
    const refused = await post(api, '/v1/probe/tenant', key);
    pool.off('acquire', count);
    expect(refused).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_INVALID' } });
    expect([script.runs, taken]).toEqual([0, 0]);
  });
});
