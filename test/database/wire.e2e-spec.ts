import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Pool } from 'pg';
import { TENANT_POOL } from '../../src/database/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { WireProxy } from '../support/wire-proxy.js';

/** What goes over the tenant connection for one request, seen from between. */
describe('on the wire', () => {
  let proxy: WireProxy;
  let api: TestApp;
  beforeAll(async () => {
    const database = await createTestDatabase();
    const url = new URL(database.tenantUrl);
    proxy = await WireProxy.before(url.hostname, Number(url.port));
    const throughProxy = Object.assign(new URL(database.tenantUrl), { host: `127.0.0.1:${proxy.port}` }).href;
    api = await createTestApp({
      database,
      environment: { DATABASE_URL: throughProxy, DATABASE_POOL_MAX: '1' },
    });
    // Connected, and every statement prepared.
    for (let i = 0; i < 3; i++) {
      await api.call('GET', '/v1/notes', { as: api.acme.apiKey });
      await api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: { title: `warm ${i}` } });
    }
  });
  afterAll(async () => {
    await api.close();
    await proxy.close();
    await api.database.drop();
  });
  beforeEach(async () => {
    await eventually(() => expect(proxy.exchange.at(-1)).toEqual({ from: 'server' }));
    proxy.clear();
  });

  it('a list takes one round trip before the answer: BEGIN, tenant and statement in one write', async () => {
    await api.call('GET', '/v1/notes', { as: api.acme.apiKey });
    const [first, ...rest] = proxy.roundTrips;
    expect(proxy.exchange.slice(0, 2).map(({ from }) => from)).toEqual(['client', 'server']);
    expect(first).toContain(`BEGIN READ ONLY; SET LOCAL app.tenant_id = '${api.acme.id}'`);
    expect(rest.every((text) => text.includes('COMMIT'))).toBe(true);
    await eventually(() => expect(proxy.roundTrips).toHaveLength(2));
  });

  it('BEGIN, tenant and statement are one write of the socket', async () => {
    const pool = api.app.get<Pool>(TENANT_POOL);
    const client = await pool.connect();
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    client.release();
    const single = jest.spyOn(stream, '_write');
    const gathered = jest.spyOn(stream, '_writev' as '_write');
    await api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: { title: 'written at once' } });
    // One gathered write for all that goes with BEGIN; COMMIT, alone, is the only single one.
    expect([gathered.mock.calls.length, single.mock.calls.length]).toEqual([1, 1]);
    jest.restoreAllMocks();
  });

  it('an insert takes two: the second is COMMIT, and its answer is awaited', async () => {
    await api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: { title: 'counted' } });
    expect(proxy.roundTrips).toEqual([
      expect.stringContaining('BEGIN; SET LOCAL'),
      expect.stringContaining('COMMIT'),
    ]);
    expect(proxy.exchange.at(-1)).toEqual({ from: 'server' });
  });

  it('with an Idempotency-Key an insert takes three: the lock and the look before, the answer beside COMMIT', async () => {
    const headers = { 'idempotency-key': 'k' };
    await api.call('POST', '/v1/notes', { as: api.acme.apiKey, headers, body: { title: 'keyed' } });
    expect(proxy.roundTrips).toEqual([
      expect.stringMatching(/BEGIN; SET LOCAL[\s\S]+pg_advisory_xact_lock[\s\S]+"idempotency_keys"/),
      expect.stringContaining('keyed'),
      expect.stringMatching(/"idempotency_keys"[\s\S]+COMMIT/),
    ]);
  });

  it('two statements of a Promise.all share a round trip', async () => {
    await api.call('POST', '/v1/api-keys', { as: api.acme.apiKey, body: { name: 'and its audit row' } });
    const [first, second, ...rest] = proxy.roundTrips;
    // The audit row's statement is prepared already, so only its values are seen.
    expect(first).toMatch(
      /BEGIN[\s\S]+"api_keys"[\s\S]*api_keys\.create|BEGIN[\s\S]+api_keys\.create[\s\S]*"api_keys"/,
    );
    expect([second, rest]).toEqual([expect.stringContaining('COMMIT'), []]);
  });

  it('a refused request says nothing at all', async () => {
    await api.call('GET', '/v1/notes?limit=0', { as: api.acme.apiKey });
    await api.call('GET', '/v1/notes');
    expect(proxy.exchange).toEqual([]);
  });
});
