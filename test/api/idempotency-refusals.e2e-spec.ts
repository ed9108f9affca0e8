import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { StatementError, TenantDatabase } from '../../src/database/index.js';
import { defineProblem } from '../../src/http/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { ProbeModule, isReplay, newKey, post, resetScript, script } from '../support/idempotency-probe.js';

const teapotGone = defineProblem(410, 'TEAPOT_GONE', 'Teapot is gone', () => 'It broke.');

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp({ imports: [ProbeModule] });
});
afterAll(() => api.close());
beforeEach(resetScript);

describe('what went wrong', () => {
  it('is answered the same where the handler decided it', async () => {
    for (const url of ['/v1/probe/tenant', '/v1/probe/control']) {
      const key = newKey();
      script.next = async () => {
        throw teapotGone();
      };
      const first = await post(api, url, key);
      expect(first).toMatchObject({ status: 410, body: { code: 'TEAPOT_GONE' } });
      expect(first.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      script.next = async () => 'it is back';
      const again = await post(api, url, key);
      expect([again.status, again.text, isReplay(again)]).toEqual([410, first.text, true]);
    }
    expect(script.runs).toBe(2);
  });

  it('is answered the same for a taken slug, even when it is free again', async () => {
    const as = api.operator.apiKey;
    const create = () =>
      post(api, '/v1/admin/tenants', 'slug', { as, body: { slug: 'taken', name: 'Taken' } });
    await api.database.query("INSERT INTO tenants (id, slug, name) VALUES (gen_random_uuid(), 'taken', 'T')");
    expect(await create()).toMatchObject({ status: 409, body: { code: 'SLUG_TAKEN' } });
    await api.database.query("DELETE FROM tenants WHERE slug = 'taken'");
    const again = await create();
    expect([again.status, isReplay(again)]).toEqual([409, true]);
  });

  it('is tried again where it was a fault, a conflict with another, or a request that was not valid', async () => {
    const key = newKey();
    for (const [error, status] of [
      [new Error('broken'), 500],
      [new StatementError('40001', 'digest', undefined, undefined, ''), 409],
      [defineProblem(403, 'NOT_NOW', 'Not now', () => 'No.')(), 403],
    ] as const) {
      script.next = async () => {
        throw error;
      };
      expect((await post(api, '/v1/probe/tenant', key)).status).toBe(status);
    }
    script.next = async () => 'at last';
    const answer = await post(api, '/v1/probe/tenant', key);
    expect([answer.status, answer.text, isReplay(answer), script.runs]).toEqual([201, 'at last', false, 4]);

    const again = newKey();
    expect((await post(api, '/v1/api-keys', again, { body: { name: 7 } })).status).toBe(400);
    expect((await post(api, '/v1/api-keys', again, { body: { name: 'valid' } })).status).toBe(201);
  });

  it('leaves nothing of an answer whose transaction failed', async () => {
    const key = newKey();
    const db = api.app.get(TenantDatabase);
    script.next = async () => {
      await db.execute(sql`select 1 / 0`).catch(() => undefined); // swallowed: COMMIT is answered ROLLBACK
      return 'never stored';
    };
    expect((await post(api, '/v1/probe/tenant', key)).status).toBe(500);
    script.next = async () => 'stored';
    expect((await post(api, '/v1/probe/tenant', key)).text).toBe('stored');
  });

  it('lets a retry work after the connection died in the middle', async () => {
    const key = newKey();
    const db = api.app.get(TenantDatabase);
    script.next = async () => {
      await db.execute(sql`select pg_sleep(60)`);
    };
    const running = post(api, '/v1/probe/tenant', key);
    await eventually(async () => {
      const { rows } = await api.database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'select pg_sleep(60)' AND state = 'active'",
      );
      expect(rows).toHaveLength(1);
    });
    expect((await running).status).toBe(503);
    script.next = async () => 'worked';
    const again = await post(api, '/v1/probe/tenant', key);
    expect([again.status, again.text, isReplay(again)]).toEqual([201, 'worked', false]);
  });
});
