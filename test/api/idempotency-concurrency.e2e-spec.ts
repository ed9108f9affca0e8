import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { TENANT_POOL } from '../../src/database/index.js';
import { type Answer, type Call, type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
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
/** A second instance, which soon gives up waiting. */
let other: TestApp;
beforeAll(async () => {
  api = await createTestApp({ imports: [ProbeModule] });
  other = await createTestApp({
    imports: [ProbeModule],
    sharing: api,
    environment: { DATABASE_LOCK_TIMEOUT_MS: '100' },
  });
});
afterAll(async () => {
  await other.close();
  await api.close();
});
beforeEach(resetScript);

/** Else the first request would be over while the others still connect. */
const openConnections = (on: TestApp) =>
  ['/v1/api-keys', '/v1/tenant'].flatMap((url) =>
    Array.from({ length: 20 }, () => on.call('GET', url, { as: api.acme.apiKey })),
  );

describe('fifty clients with one key at once', () => {
  const storm = async (on: TestApp[], url: string, call: Call) => {
    const key = newKey();
    await Promise.all(on.flatMap(openConnections));
    return Promise.all(Array.from({ length: 50 }, (_, i) => post(on[i % on.length]!, url, key, call)));
  };
  const expectOne = (answers: Answer[]) => {
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter((answer) => !isReplay(answer))).toHaveLength(1);
  };

  it('on one instance have one effect and fifty equal answers', async () => {
    expectOne(await storm([api], '/v1/api-keys', { body: { name: 'storm' } }));
    expect(await keysNamed(api, 'storm')).toBe(1);
  });

  it('on two instances have one effect and fifty equal answers', async () => {
    const one = await createTestApp({ sharing: api });
    const two = await createTestApp({ sharing: api });
    try {
      expectOne(await storm([one, two], '/v1/api-keys', { body: { name: 'storm on two' } }));
      expect(await keysNamed(api, 'storm on two')).toBe(1);
      const as = api.operator.apiKey;
      expectOne(await storm([one, two], '/v1/admin/tenants', { as, body: { slug: 'storm', name: 'Storm' } }));
    } finally {
      await one.close();
      await two.close();
    }
  });

  it('are answered alike where the route is serializable: who saw too little runs again', async () => {
    const one = await createTestApp({ sharing: api, imports: [ProbeModule] });
    const two = await createTestApp({ sharing: api, imports: [ProbeModule] });
    try {
      expectOne(await storm([one, two], '/v1/probe/retryable', {}));
    } finally {
      await one.close();
      await two.close();
    }
  });

  it('learn the same refusal, which one of them made', async () => {
    const slugTaken = { slug: 'acme', name: 'Another' };
    const answers = await storm([api], '/v1/admin/tenants', { as: api.operator.apiKey, body: slugTaken });
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(409));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter((answer) => !isReplay(answer))).toHaveLength(1);
  });
});

describe('while the first still runs', () => {
  it.each(['tenant', 'control'])('another instance answers 409 after the wait (%s)', async (plane) => {
    const released = Promise.withResolvers<void>();
    script.next = async () => {
      await released.promise;
      return 'done';
    };
    const key = newKey();
    const first = post(api, `/v1/probe/${plane}`, key);
    await eventually(() => expect(script.runs).toBe(1));
    const refused = await post(other, `/v1/probe/${plane}`, key);
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'IDEMPOTENCY_KEY_IN_USE' },
      headers: { 'retry-after': '1' },
    });
    released.resolve();
    expect((await first).text).toBe('done');
    const again = await post(other, `/v1/probe/${plane}`, key);
    expect([again.text, isReplay(again), script.runs]).toEqual(['done', true, 1]);
  });

  it('the same instance answers 409 after the wait, and holds no connection for it', async () => {
    const released = Promise.withResolvers<void>();
    script.next = async () => {
      await released.promise;
      return 'done';
    };
    const key = newKey();
    const first = post(other, '/v1/probe/tenant', key);
    await eventually(() => expect(script.runs).toBe(1));
    const pool = other.app.get<Pool>(TENANT_POOL);
    let taken = 0;
    pool.on('acquire', () => taken++);
    const waiting = await Promise.all(Array.from({ length: 20 }, () => post(other, '/v1/probe/tenant', key)));
    expect(waiting.map(({ body }) => body.code)).toEqual(Array(20).fill('IDEMPOTENCY_KEY_IN_USE'));
    expect(taken).toBe(0);
    released.resolve();
    expect((await first).text).toBe('done');
  });
});
