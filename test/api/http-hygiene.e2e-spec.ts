import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { TENANT_POOL } from '../../src/database/index.js';
import { type Answer, type TestApp, createTestApp } from '../support/app.js';

let api: TestApp;
let id: string;
beforeAll(async () => {
  api = await createTestApp();
  ({ id } = (await api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: { title: 'one' } })).body);
});
afterAll(() => api.close());

describe('the headers of an answer', () => {
  const answers: [string, string, () => Promise<Answer>][] = [
    ['a row', '/v1', () => api.call('GET', `/v1/notes/${id}`, { as: api.acme.apiKey })],
    ['no row', '/v1', () => api.call('GET', `/v1/notes/${crypto.randomUUID()}`, { as: api.acme.apiKey })],
    ['no credential', '/v1', () => api.call('GET', '/v1/notes')],
    ['a wrong body', '/v1', () => api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: {} })],
    ['no route', '/v1', () => api.call('GET', '/v1/nothing')],
    ['a wrong method', '/v1', () => api.call('PUT', '/v1/notes')],
    ['what may be asked', '/v1', () => api.call('OPTIONS', '/v1/notes')],
    ['health', '/health', () => api.call('GET', '/health/live')],
  ];

  it.each(answers)('keep it from being run, framed, stored or shared: %s', async (_, area, answer) => {
    const { headers } = await answer();
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': expect.stringContaining('no-store'),
      'x-request-id': expect.any(String),
      ...(area === '/v1' && {
        vary: 'Authorization, X-Tenant, Accept',
        'cache-control': 'private, no-store',
      }),
    });
    for (const name of ['x-powered-by', 'server', 'access-control-allow-origin'])
      expect(headers).not.toHaveProperty(name);
  });
});

describe('methods', () => {
  it.each([
    ['PUT', '/v1/notes', 'GET, HEAD, OPTIONS, POST'],
    ['DELETE', '/v1/notes?limit=1', 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/v1/notes/17', 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['TRACE', '/v1/notes', 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/health/live', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/openapi.json', 'GET, HEAD, OPTIONS'],
  ])('%s %s is refused with those that are allowed', async (method, url, allow) => {
    const answer = await api.call(method, url);
    expect(answer).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' }, headers: { allow } });
  });

  it.each(['/v1/notes', '/health', '/v1/notes/17?x=1'])('OPTIONS %s says what may be asked', async (url) => {
    const { status, headers, text } = await api.call('OPTIONS', url);
    expect([status, text]).toEqual([204, '']);
    expect(headers['allow']).toMatch(/GET, HEAD, OPTIONS/);
  });

  it.each(['PUT', 'OPTIONS'])('%s of a path that is not there is 404', async (method) => {
    expect(await api.call(method, '/v1/nothing')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it.each(['/v1/notes', '/v1/notes/:id', '/v1/notes/17', '/health/live', '/openapi.json'])(
    'HEAD %s is GET without the body',
    async (path) => {
      const url = path.replace(':id', id);
      const [get, head] = await Promise.all(
        ['GET', 'HEAD'].map((method) => api.call(method, url, { as: api.acme.apiKey })),
      );
      const stable = ({ status, headers }: Answer) => ({
        status,
        headers: { ...headers, date: 'now', 'x-request-id': 'some', ratelimit: 'less' },
      });
      expect(stable(head!)).toEqual(stable(get!));
      expect(head!.headers['content-length']).toBe(String(Buffer.byteLength(get!.text)));
      expect(head!.text).toBe('');
    },
  );

  it('HEAD reads, and never writes', async () => {
    const pool = api.app.get<Pool>(TENANT_POOL);
    const sent: string[] = [];
    pool.on('acquire', (client) => {
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      client.query = ((...args: unknown[]) => {
        if (typeof args[0] === 'string') sent.push(args[0]);
        return query(...args);
      }) as typeof client.query;
    });
    expect((await api.call('HEAD', '/v1/notes', { as: api.acme.apiKey })).status).toBe(200);
    pool.removeAllListeners('acquire');
    expect(sent[0]).toContain('BEGIN READ ONLY');
  });
});

describe('what the client accepts', () => {
  const get = (url: string, accept: string) =>
    api.call('GET', url, { as: api.acme.apiKey, headers: { accept } });

  it.each(['text/html', 'application/json;q=0', 'image/*'])('%s is 406', async (accept) => {
    expect(await get('/v1/notes', accept)).toMatchObject({ status: 406, body: { code: 'NOT_ACCEPTABLE' } });
  });

  it('JSON among others is answered', async () => {
    expect((await get('/v1/notes', 'text/html, application/json;q=0.1')).status).toBe(200);
  });

  it('the address alone leads to the documentation', async () => {
    expect(await api.call('GET', '/')).toMatchObject({ status: 302, headers: { location: '/docs' } });
    expect((await api.call('POST', '/', { body: {} })).status).toBe(405);
  });

  it.each(['/health', '/health/ready', '/docs', '/openapi.json'])('%s asks nobody', async (url) => {
    expect((await get(url, 'text/html')).status).toBe(200);
  });
});

describe('what the client sends', () => {
  it.each([
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'application/vnd.api+json' },
    { 'content-type': 'json' },
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  ])('%j is 415', async (headers) => {
    const answer = await api.call('POST', '/v1/notes', {
      as: api.acme.apiKey,
      headers,
      body: '{"title":"x"}',
    });
    expect(answer).toMatchObject({ status: 415, body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
  });

  it('JSON may name its charset', async () => {
    const headers = { 'content-type': 'Application/JSON; charset=UTF-8', 'content-encoding': 'identity' };
    const answer = await api.call('POST', '/v1/notes', {
      as: api.acme.apiKey,
      headers,
      body: '{"title":"two"}',
    });
    expect(answer.status).toBe(201);
  });
});
