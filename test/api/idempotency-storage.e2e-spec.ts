import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Transactions } from '../../src/database/index.js';
import { buildOpenApi } from '../../src/openapi.js';
import { IdempotencyKeys } from '../../src/tenancy/idempotency/idempotency-keys.service.js';
import { IdempotencyKeysSweeper } from '../../src/tenancy/idempotency/idempotency-keys.sweeper.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { ProbeModule, isReplay, newKey, post, resetScript } from '../support/idempotency-probe.js';

let api: TestApp;
let other: TestApp;
beforeAll(async () => {
  api = await createTestApp({ imports: [ProbeModule] });
  other = await createTestApp({
    imports: [ProbeModule],
    sharing: api,
  });
});
afterAll(async () => {
  await other.close();
  await api.close();
});
beforeEach(resetScript);

describe('the stored answer', () => {
  it('shows no secret to who reads the database', async () => {
    const { body } = await post(api, '/v1/api-keys', newKey(), { body: { name: 'secret' } });
    const { rows } = await api.database.query<Record<string, Buffer | string | null>>(
      'SELECT * FROM idempotency_keys',
    );
    expect(rows.length).toBeGreaterThan(0);
    const stored = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : value))
      .join('\n');
    expect(stored).not.toContain(body.apiKey.slice(-64));
    expect(stored).not.toMatch(/key-\d/);
  });

  it('counts for 24 hours; then the key is as new', async () => {
    const key = newKey();
    const ageTo = (age: string) =>
      api.database.query(
        `UPDATE idempotency_keys SET created_at = now() - interval '${age}' WHERE created_at = (SELECT max(created_at) FROM idempotency_keys)`,
      );
    await post(api, '/v1/probe/tenant', key);
    await ageTo('23 hours 59 minutes');
    expect(isReplay(await post(api, '/v1/probe/tenant', key))).toBe(true);
    await api.database.query("UPDATE idempotency_keys SET created_at = created_at - interval '2 minutes'");
    const answer = await post(api, '/v1/probe/tenant', key, { body: { another: 'request' } });
    expect([answer.status, isReplay(answer), answer.body]).toEqual([201, false, { runs: 2 }]);
    expect(isReplay(await post(api, '/v1/probe/tenant', key, { body: { another: 'request' } }))).toBe(true);
  });

  it('is one for each key, even to who comes past the lock', async () => {
    const keys = api.app.get(IdempotencyKeys);
    const claim = { tenantId: api.acme.id, id: randomUUID(), fingerprint: Buffer.from('same'), key: 'k' };
    const storeUnderLock = (lock: string, status: number) =>
      api.app.get(Transactions).withTenant(api.acme.id, { access: 'write' }, async () => {
        await keys.take({ ...claim, lock });
        keys.store({ ...claim, lock }, { status, headers: {} });
      });
    await storeUnderLock('1', 201);
    await expect(storeUnderLock('2', 500)).rejects.toMatchObject({ sqlState: '23502' });
    const stored = await api.app
      .get(Transactions)
      .withTenant(api.acme.id, { access: 'read' }, () => keys.take({ ...claim, lock: '3' }));
    expect(stored).toEqual({ status: 201, headers: {} });
  });

  it('is swept once it is over, batch after batch, by two instances at once', async () => {
    await api.database.query('TRUNCATE idempotency_keys');
    await post(api, '/v1/probe/tenant', newKey());
    await api.database.query(
      `INSERT INTO idempotency_keys (tenant_id, id, created_at, fingerprint, answer)
       SELECT $1, gen_random_uuid(), now() - interval '25 hours', '', '' FROM generate_series(1, 2500)`,
      [api.globex.id],
    );
    const swept = await Promise.all(
      [api, other].map(({ app }) => app.get(IdempotencyKeysSweeper).sweepAll()),
    );
    expect(swept[0]! + swept[1]!).toBe(2_500);
    const { rows } = await api.database.query('SELECT tenant_id FROM idempotency_keys');
    expect(rows).toEqual([{ tenant_id: api.acme.id }]);
  });
});

/** The same however often they are sent: outside of a tenant's transaction, or storing nothing. */
const REPEATABLE = [
  '/v1/invitations/accept',
  '/v1/tenant/domains/{id}/verify',
  '/v1/quotes/preview',
  '/v1/github/installations/start',
  '/v1/github/installations/{id}/sync',
  '/v1/webhooks/github',
  '/v1/public/quotes/{token}/accept',
  '/v1/public/quotes/{token}/reject',
];

it('OpenAPI names the header and its problems on every other POST that asks for a credential, and nowhere else', () => {
  for (const [path, operations] of Object.entries(buildOpenApi(api.app).paths)) {
    for (const [method, operation] of Object.entries(operations as Record<string, Operation>)) {
      const names = (operation.parameters ?? []).map(({ name }) => name);
      const isPost = method === 'post' && !path.endsWith('/public') && !REPEATABLE.includes(path);
      expect([path, method, names.includes('Idempotency-Key')]).toEqual([path, method, isPost]);
      if (!isPost) continue;
      expect(operation.responses['400']!.description).toContain('IDEMPOTENCY_KEY_INVALID');
      expect(operation.responses['409']!.description).toContain('IDEMPOTENCY_KEY_IN_USE');
      expect(operation.responses['422']!.description).toContain('IDEMPOTENCY_KEY_REUSED');
      for (const [status, response] of Object.entries(operation.responses)) {
        if (status.startsWith('2')) expect(response).toHaveProperty(['headers', 'Idempotent-Replayed']);
      }
    }
  }
});

interface Operation {
  parameters?: { name: string }[];
  responses: Record<string, { description: string }>;
}
