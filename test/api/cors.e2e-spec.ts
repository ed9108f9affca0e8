import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';

const APP = 'https://app.example.com';
const corsHeaders = (headers: Record<string, unknown>) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('without CORS_ORIGINS', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp();
  });
  afterAll(() => api.close());

  it.each(['GET', 'OPTIONS'])('%s carries no CORS header for anybody', async (method) => {
    const { headers } = await api.call(method, '/v1/me', {
      as: api.acme.apiKey,
      headers: { origin: APP, 'access-control-request-method': 'GET' },
    });
    expect(corsHeaders(headers)).toEqual([]);
    expect(headers['vary']).toBe('Authorization, X-Tenant, Accept');
  });
});

describe('with CORS_ORIGINS', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp({ environment: { CORS_ORIGINS: `${APP},http://localhost:5173` } });
  });
  afterAll(() => api.close());
  const preflight = (origin: string, url = '/v1/notes') =>
    api.call('OPTIONS', url, { headers: { origin, 'access-control-request-method': 'POST' } });

  it.each([APP, 'http://localhost:5173'])(
    'answers the preflight of %s without a credential',
    async (origin) => {
      const { status, headers } = await preflight(origin);
      expect(status).toBe(204);
      expect(headers).toMatchObject({
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers': expect.stringContaining('authorization'),
        'access-control-max-age': '7200',
        vary: expect.stringContaining('Origin'),
      });
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it('lets the page read the headers that it needs, also of an error', async () => {
    for (const url of ['/v1/me', '/v1/api-keys/17', '/v1/nothing']) {
      const { headers } = await api.call('GET', url, { as: api.acme.apiKey, headers: { origin: APP } });
      expect(headers).toMatchObject({
        'access-control-allow-origin': APP,
        'access-control-expose-headers': expect.stringContaining('x-request-id'),
        vary: expect.stringContaining('Origin'),
      });
    }
  });

  it.each([
    'https://evil.example.com',
    'https://app.example.com.evil.com',
    'http://app.example.com',
    'https://app.example.com:8443',
    'null',
    'https://APP.example.com',
  ])('has nothing for %s', async (origin) => {
    for (const answer of [
      await preflight(origin),
      await api.call('GET', '/v1/me', { as: api.acme.apiKey, headers: { origin } }),
    ]) {
      expect(corsHeaders(answer.headers)).toEqual([]);
      expect(answer.headers['vary']).toContain('Origin');
    }
  });

  it('still says what may be asked of a path, and 404 of others', async () => {
    expect(await api.call('OPTIONS', '/v1/notes')).toMatchObject({
      status: 204,
      headers: { allow: 'GET, HEAD, OPTIONS, POST' },
    });
    expect(await api.call('OPTIONS', '/v1/nothing')).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    expect((await api.call('PUT', '/v1/notes')).status).toBe(405);
  });
});
