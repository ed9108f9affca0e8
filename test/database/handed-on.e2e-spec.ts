import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type TestApp, createTestApp } from '../support/app.js';

/** A read's connection goes to the next request before COMMIT's reply: whoever is next must notice nothing. */
describe.each(['1', '2'])('connections that are handed on early, pool of %s', (poolMax) => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp({ environment: { DATABASE_POOL_MAX: poolMax, DATABASE_MAX_WAITING: '1000' } });
    for (const [tenant, as] of Object.entries({ acme: api.acme.apiKey, globex: api.globex.apiKey })) {
      await api.call('POST', '/v1/notes', { as, body: { title: `of ${tenant}` } });
    }
  });
  afterAll(() => api.close());

  const requests = {
    list: { method: 'GET', url: '/v1/notes?limit=100', status: 200 },
    missing: { method: 'GET', url: '/v1/notes/01920000-0000-7000-8000-000000000000', status: 404 },
    invalid: { method: 'GET', url: '/v1/notes?limit=0', status: 400 },
    write: { method: 'POST', url: '/v1/notes', status: 201 },
    conflict: { method: 'POST', url: '/v1/notes', status: 500 },
  };

  it('every answer is of its own tenant, in any order of reads, writes and failures at once', async () => {
    const step = fc.record({
      tenant: fc.constantFrom('acme' as const, 'globex' as const),
      kind: fc.constantFrom(...(Object.keys(requests) as (keyof typeof requests)[])),
    });
    let written = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        await Promise.all(
          steps.map(async ({ tenant, kind }) => {
            const { method, url, status } = requests[kind];
            const title = kind === 'conflict' ? `of ${tenant}` : `of ${tenant} ${written++}`;
            const body = method === 'POST' ? { title } : undefined;
            const answer = await api.call(method, url, { as: api[tenant].apiKey, body });
            expect(answer.status).toBe(status);
            expect(answer.text).not.toContain(tenant === 'acme' ? 'of globex' : 'of acme');
            if (kind === 'list') expect(answer.text).toContain(api[tenant].id);
          }),
        );
      }),
      { numRuns: 20 },
    );
    const { rows } = await api.database.query(
      'SELECT count(*)::int AS strays FROM notes JOIN tenants t ON t.id = tenant_id WHERE title NOT LIKE $1 || t.slug || $2',
      ['of ', '%'],
    );
    expect(rows).toEqual([{ strays: 0 }]);
  });
});
