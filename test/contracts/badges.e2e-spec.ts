import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';

let api: TestApp;
const post = async (url: string, body: object) =>
  (await api.call('POST', url, { as: api.acme.apiKey, body })).body;
const badge = (name: string, headers: Record<string, string> = {}) =>
  api.call('GET', `/v1/badges/${name}/orders.svg`, { as: api.acme.apiKey, headers });

/** A consumer that asks orders two things, and is deployed beside it; answers the task. */
async function consumer(name: string): Promise<{ id: string; interactions: { id: string }[] }> {
  for (const path of ['/1', '/2'])
    await post('/v1/interactions', {
      service: 'orders',
      consumer: name,
      consumerVersion: '1.0.0',
      environment: 'test',
      operation: `GET ${path}`,
      request: { method: 'GET', path },
      response: { status: 200 },
    });
  await post('/v1/deployments', { service: name, version: '1.0.0', environment: 'test' });
  const list = `/v1/verification-tasks?consumer=${name}`;
  const { id } = (await api.call('GET', list, { as: api.acme.apiKey })).body.data[0];
  return (await api.call('GET', `/v1/verification-tasks/${id}`, { as: api.acme.apiKey })).body;
}

const submit = (id: string, interactionIds: string[], success: boolean) =>
  post(`/v1/verification-tasks/${id}/results`, {
    providerVersion: '2.0.0',
    results: interactionIds.map((interactionId) => ({ interactionId, success })),
  });

beforeAll(async () => {
  api = await createTestApp();
  await post('/v1/environments', { name: 'test' });
  await post('/v1/services', { name: 'orders' });
  await post('/v1/services/orders/versions', { version: '2.0.0' });
  await post('/v1/deployments', { service: 'orders', version: '2.0.0', environment: 'test' });
});
afterAll(() => api.close());

describe('a badge', () => {
  it('tells the newest result', async () => {
    const { id, interactions } = await consumer('told');
    const ids = interactions.map((interaction) => interaction.id);
    const seen = [(await badge('told')).text];
    for (const [covered, success] of [
      [ids.slice(1), true],
      [ids, false],
      [ids, true],
    ] as const) {
      await submit(id, [...covered], success);
      seen.push((await badge('told')).text);
    }
    expect(seen.map((text) => /aria-label="([^"]*)"/.exec(text)?.[1])).toEqual([
      'told to orders: not verified',
      'told to orders: incomplete',
      'told to orders: failed',
      'told to orders: verified',
    ]);
  });

  it('is grey for a service that nobody knows: a page shows it either way', async () => {
    const { status, text } = await badge('nobody');
    expect([status, /aria-label="([^"]*)"/.exec(text)?.[1]]).toEqual([
      200,
      'nobody to orders: unknown service',
    ]);
  });

  it('says of the services of another tenant no more than of those that do not exist', async () => {
    const { text } = await api.call('GET', '/v1/badges/orders/orders.svg', { as: api.globex.apiKey });
    expect(text).toContain('unknown service');
  });

  it('is kept for a minute by who asked, and then asked for by its ETag', async () => {
    const { id, interactions } = await consumer('kept');
    const { headers } = await badge('kept');
    expect(headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'private, max-age=60, must-revalidate',
      etag: expect.stringMatching(/^"[\w-]{43}"$/),
      vary: 'Authorization, X-Tenant, Accept',
    });
    const known = { 'if-none-match': String(headers['etag']) };
    expect(await badge('kept', known)).toMatchObject({
      status: 304,
      text: '',
      headers: { etag: headers['etag'], 'cache-control': 'private, max-age=60, must-revalidate' },
    });
    await submit(id, [interactions[0]!.id, interactions[1]!.id], true);
    expect((await badge('kept', known)).status).toBe(200);
  });

  it.each(['image/svg+xml', 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8', '*/*'])(
    'is sent to %s',
    async (accept) => {
      expect((await badge('nobody', { accept })).status).toBe(200);
    },
  );

  it('is the same with and without .svg, and takes no query', async () => {
    const read = (url: string) => api.call('GET', url, { as: api.acme.apiKey });
    const [plain, suffixed] = [await read('/v1/badges/nobody/orders'), await badge('nobody')];
    expect([plain.status, plain.text]).toEqual([200, suffixed.text]);
    expect(await read('/v1/badges/nobody/orders.svg?environment=test')).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED', detail: 'environment is not a known query parameter' },
    });
  });

  it('is not JSON: who takes nothing else gets 406, as a problem', async () => {
    const answer = await badge('nobody', { accept: 'application/json' });
    expect(answer).toMatchObject({ status: 406, body: { code: 'NOT_ACCEPTABLE' } });
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('refuses what cannot be a name, and who may not read, without letting it be kept', async () => {
    const wrong = await badge('%3Cscript%3E');
    expect(wrong).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(wrong.headers['cache-control']).toBe('private, no-store');
    const nobody = await api.call('GET', '/v1/badges/web/orders.svg');
    expect([nobody.status, nobody.headers['cache-control']]).toEqual([401, 'private, no-store']);
  });

  it('holds no script and loads nothing', async () => {
    const { headers, text } = await badge('nobody');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(text).not.toMatch(/<script|<image|href=|url\(http/);
  });
});
