import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';

let api: TestApp;
const record = (consumer: string, service: string, as = api.acme.apiKey) =>
  api.call('POST', '/v1/interactions', {
    as,
    body: {
      service,
      consumer,
      consumerVersion: '1.0.0',
      environment: 'test',
      operation: 'GET /',
      request: { method: 'GET', path: '/' },
      response: { status: 200 },
    },
  });
const graph = (headers: Record<string, string> = {}, as = api.acme.apiKey, method = 'GET') =>
  api.call(method, '/v1/graph', { as, headers });
const picture = (headers: Record<string, string> = {}, as?: string) =>
  graph({ accept: 'image/svg+xml', ...headers }, as);

beforeAll(async () => {
  api = await createTestApp();
  await record('web', 'orders');
  await record('orders', 'payments');
});
afterAll(() => api.close());

describe('the graph', () => {
  it('is JSON where nothing else is asked for', async () => {
    for (const accept of [undefined, '*/*', 'application/json']) {
      const { headers: sent, body } = await graph(accept === undefined ? {} : { accept });
      expect(sent['content-type']).toBe('application/json; charset=utf-8');
      expect(body).toEqual({
        services: [{ name: 'orders' }, { name: 'payments' }, { name: 'web' }],
        calls: [
          { consumer: 'orders', provider: 'payments', versions: 1, lastSeenAt: expect.any(String) },
          { consumer: 'web', provider: 'orders', versions: 1, lastSeenAt: expect.any(String) },
        ],
        complete: true,
      });
    }
  });

  it.each([
    'image/svg+xml',
    'image/*',
    'application/json;q=0.5, image/svg+xml',
    'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8',
  ])('is a picture for %s', async (accept) => {
    const { status, headers, text } = await graph({ accept });
    expect([status, headers['content-type']]).toEqual([200, 'image/svg+xml']);
    expect(text).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(text).toContain('<desc>orders calls payments. web calls orders.</desc>');
    expect(headers['vary']).toBe('Authorization, X-Tenant, Accept');
  });

  it.each(['image/png', 'text/html', 'application/json;q=0, image/svg+xml;q=0'])(
    'is 406 for %s, and says what there is',
    async (accept) => {
      expect(await graph({ accept })).toMatchObject({
        status: 406,
        body: { code: 'NOT_ACCEPTABLE', detail: expect.stringContaining('image/svg+xml') },
      });
    },
  );

  it('is a problem document where it fails, whatever was asked for', async () => {
    const { status, headers } = await graph({ accept: 'image/svg+xml' }, 'no key');
    expect([status, headers['content-type']]).toEqual([
      401,
      expect.stringContaining('application/problem+json'),
    ]);
  });
});

describe('a picture', () => {
  it('may style itself and do nothing else', async () => {
    const { headers } = await picture();
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none';style-src 'unsafe-inline';frame-ancestors 'none';sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('is asked for again each time, and not sent where it is the same', async () => {
    const { headers } = await picture();
    expect(headers['cache-control']).toBe('private, no-cache');
    const again = await picture({ 'if-none-match': String(headers['etag']) });
    expect(again).toMatchObject({
      status: 304,
      text: '',
      headers: { etag: headers['etag'], 'cache-control': 'private, no-cache', vary: headers['vary'] },
    });
    await record('mobile', 'orders');
    const changed = await picture({ 'if-none-match': String(headers['etag']) });
    expect(changed.status).toBe(200);
    expect(changed.text).toContain('mobile calls orders.');
  });

  it('answers HEAD with the same headers', async () => {
    const [head, get] = await Promise.all([graph({ accept: 'image/svg+xml' }, undefined, 'HEAD'), picture()]);
    expect([head.status, head.text, head.headers['etag']]).toEqual([200, '', get.headers['etag']]);
  });

  it('shows nobody the services of another tenant', async () => {
    await record('shop', 'stock', api.globex.apiKey);
    const { text } = await picture({}, api.globex.apiKey);
    expect(text).toContain('shop calls stock.');
    expect(text).not.toMatch(/orders|payments|web/);
    expect((await picture()).text).not.toContain('stock');
  });

  it('takes a name for text that came into the database some other way', async () => {
    await record('hostile', 'stock', api.globex.apiKey);
    await api.database.query(`UPDATE services SET name = $1 WHERE name = 'hostile'`, [
      '<script>alert(1)</script>',
    ]);
    const { text } = await picture({}, api.globex.apiKey);
    expect(text).not.toContain('<script');
    expect(text).toContain('&#60;script&#62;alert(1)');
  });

  it('does not keep other requests waiting until it is drawn', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `s${index}`);
    const items = names.flatMap((name, index) =>
      [1, 2, 3].map((step) => ({ consumer: name, service: names[(index * step + step) % 100]! })),
    );
    await api.call('POST', '/v1/interactions/batch', {
      as: api.operator.apiKey,
      body: {
        interactions: items.map((item) => ({
          ...item,
          consumerVersion: '1',
          environment: 'test',
          operation: 'GET /',
          request: { method: 'GET' },
          response: { status: 200 },
        })),
      },
    });
    const start = performance.now();
    const drawing = picture({}, api.operator.apiKey);
    const longestPauseMs = await longestPauseUntil(drawing);
    const { status, text } = await drawing;
    expect([status, text.match(/class="line call/g)!.length > 200]).toEqual([200, true]);
    // Most of that time the layout takes, in a thread of its own.
    expect(longestPauseMs).toBeLessThan((performance.now() - start) / 2);
  });
});

/** How long nothing else could run while `work` was under way. */
async function longestPauseUntil(work: Promise<unknown>): Promise<number> {
  const waited = work.then(() => true);
  let [longest, last] = [0, performance.now()];
  const nextTurn = () => new Promise<false>((resolve) => setImmediate(resolve, false));
  while (!(await Promise.race([waited, nextTurn()]))) {
    const now = performance.now();
    [longest, last] = [Math.max(longest, now - last), now];
  }
  return longest;
}
