import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { TenantDatabase, Transactions } from '../../src/database/index.js';
import { Metrics } from '../../src/observability/index.js';
import { CREATE_CONFLICT } from '../support/serialization-failure.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { noteSecret } from '../support/test-logs.js';
import { WireProxy } from '../support/wire-proxy.js';
import { parseExposition } from './exposition.js';

const TOKEN = 'scrape-with-this-token-only';
const READ = { access: 'read' } as const;
const WRITE = { access: 'write' } as const;

describe('GET /metrics', () => {
  let api: TestApp;
  const others: TestApp[] = [];
  beforeAll(async () => {
    noteSecret(TOKEN);
    api = await createTestApp({ environment: { DATABASE_POOL_MAX: '1', DATABASE_MAX_WAITING: '1' } });
  });
  afterEach(async () => {
    for (const other of others.splice(0)) await other.close();
  });
  afterAll(() => api.close());

  const scrape = async (from = api) => parseExposition((await from.call('GET', '/metrics')).text);
  /** The sum of all samples that have these labels. */
  async function valueOf(name: string, labels: Record<string, string> = {}, from = api): Promise<number> {
    const samples = (await scrape(from)).filter(
      (sample) =>
        sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
    );
    return samples.reduce((sum, { value }) => sum + value, 0);
  }
  const other = async (environment: Record<string, string>) => {
    const app = await createTestApp({ sharing: api, environment });
    others.push(app);
    return app;
  };
  const inTenant = <T>(
    work: () => PromiseLike<T>,
    options: { access: 'read' | 'write'; retries?: number } = READ,
  ) => api.app.get(Transactions).withTenant(api.acme.id, options, work);
  const execute = (query: ReturnType<typeof sql>) =>
    api.app.get<TenantDatabase>(TenantDatabase).execute(query);
  /** A transaction that keeps the only connection until it is told to end. */
  const holdConnection = async () => {
    const [held, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const transaction = inTenant(async () => {
      await execute(sql`select 1`);
      held.resolve();
      await end.promise;
    });
    await held.promise;
    return () => {
      end.resolve();
      return transaction;
    };
  };

  it('answers in the text format of Prometheus', async () => {
    const { status, headers, text } = await api.call('GET', '/metrics');
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(parseExposition(text).length).toBeGreaterThan(40);
    expect(() => parseExposition('no metric at all\n')).toThrow('Not the text format');
  });

  it('counts requests by method, route pattern and status, and not itself', async () => {
    const name = 'http_server_request_duration_seconds_count';
    const before = await valueOf(name);
    const { body } = await api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: { title: 'counted' } });
    for (let i = 0; i < 3; i++) await api.call('GET', `/v1/notes/${body.id}`, { as: api.acme.apiKey });
    await api.call('GET', '/wp-login.php');
    await api.call('PROPFIND', '/v1/notes');
    await api.call('GET', '/metrics');
    expect(await valueOf(name, { method: 'GET', route: '/v1/notes/:id', status: '200' })).toBe(3);
    expect(await valueOf(name, { method: 'GET', route: 'unmatched', status: '404' })).toBe(1);
    expect(await valueOf(name, { method: 'other', route: 'unmatched' })).toBe(1);
    expect((await valueOf(name)) - before).toBe(6);
    expect(await valueOf(name, { route: '/metrics' })).toBe(0);
  });

  it('has no label that a caller or a tenant chooses', async () => {
    await api.call('GET', '/v1/notes/no-uuid', { as: api.acme.apiKey });
    const { text } = await api.call('GET', '/metrics');
    for (const id of [api.acme.id, api.globex.id, 'no-uuid', 'acme']) expect(text).not.toContain(id);
    const names = new Set((await scrape()).flatMap(({ labels }) => Object.keys(labels)));
    const bounded = [
      'method',
      'route',
      'status',
      'le',
      'pool',
      'state',
      'plane',
      'outcome',
      'code',
      'reason',
      'limit',
    ];
    expect([...names].filter((name) => !bounded.includes(name)).sort()).toEqual(['node', 'version']);
  });

  it('shows the pools as they are at this moment', async () => {
    const release = await holdConnection();
    const waiting = inTenant(() => execute(sql`select 1`));
    const connections = (state: string) => valueOf('db_pool_connections', { pool: 'tenant', state });
    expect([await connections('total'), await connections('idle'), await connections('waiting')]).toEqual([
      1, 0, 1,
    ]);
    expect(await valueOf('db_pool_max_connections', { pool: 'tenant' })).toBe(1);
    await release();
    await waiting;
    expect([await connections('idle'), await connections('waiting')]).toEqual([1, 0]);
  });

  it.each([
    ['committed', async () => void (await inTenant(() => execute(sql`select 1`)))],
    ['rolled_back', async () => void (await inTenant(() => execute(sql`select 1/0`)).catch(() => undefined))],
    [
      'aborted',
      async () =>
        void (await inTenant(() => execute(sql`select 1/0`).catch(() => 0), WRITE).catch(() => undefined)),
    ],
  ])('counts transactions by outcome: %s', async (outcome, run) => {
    await inTenant(() => execute(sql`select 1`)); // stands behind every COMMIT that nobody waited for
    const labels = { plane: 'tenant', outcome };
    const [before, all] = [
      await valueOf('db_transactions_total', labels),
      await valueOf('db_transactions_total', { plane: 'tenant' }),
    ];
    await run();
    expect((await valueOf('db_transactions_total', labels)) - before).toBe(1);
    expect((await valueOf('db_transactions_total', { plane: 'tenant' })) - all).toBe(1);
    expect(await valueOf('db_transaction_duration_seconds_count', { plane: 'tenant' })).toBe(all + 1);
  });

  it('counts a transaction that never queries not at all', async () => {
    await inTenant(() => execute(sql`select 1`));
    const before = await valueOf('db_transactions_total', { plane: 'tenant' });
    await inTenant(async () => 1);
    expect(await valueOf('db_transactions_total', { plane: 'tenant' })).toBe(before);
  });

  it('counts what only a mistake in the code can do, from 0', async () => {
    const violations = (code: string) => valueOf('db_lease_violations_total', { code });
    const { text } = await api.call('GET', '/metrics');
    expect(text).toContain('db_lease_violations_total{code="TENANT_TX_CLOSED"} 0');
    await execute(sql`select 1`).catch(() => undefined);
    expect(await violations('TENANT_CONTEXT_MISSING')).toBe(1);
    const forgotten: Promise<unknown>[] = [];
    const forget = async () => void forgotten.push(execute(sql`select 1`).catch(() => undefined));
    await inTenant(forget).catch(() => undefined);
    await Promise.all(forgotten);
    expect(await violations('TENANT_TX_UNFINISHED')).toBe(1);
  });

  it('counts retries and refusals of the queue', async () => {
    await api.database.query(CREATE_CONFLICT);
    await inTenant(() => execute(sql`select conflict()`), { ...WRITE, retries: 2 }).catch(() => undefined);
    expect(await valueOf('db_transaction_retries_total', { plane: 'tenant' })).toBe(2);

    const before = await valueOf('db_transactions_total', { plane: 'tenant', outcome: 'unavailable' });
    const release = await holdConnection();
    const waiting = inTenant(() => execute(sql`select 1`));
    const answer = await api.call('GET', '/v1/notes', { as: api.acme.apiKey });
    await release();
    await waiting;
    expect([answer.status, answer.body.code]).toEqual([503, 'DATABASE_BUSY']);
    expect(await valueOf('db_queue_refusals_total', { pool: 'tenant', reason: 'full' })).toBe(1);
    const unavailable = { plane: 'tenant', outcome: 'unavailable' };
    expect((await valueOf('db_transactions_total', unavailable)) - before).toBe(1);
  });

  it('says how many migrations are pending, and nothing while the database does not answer', async () => {
    expect((await scrape()).find(({ name }) => name === 'migrations_pending')?.value).toBe(0);
    const database = await createTestDatabase();
    const url = new URL(database.controlUrl);
    const proxy = await WireProxy.before(url.hostname, Number(url.port));
    url.host = `127.0.0.1:${proxy.port}`;
    const cut = await other({ CONTROL_DATABASE_URL: url.href });
    await eventually(async () => expect(await valueOf('migrations_pending', {}, cut)).toBe(0));
    await database.query('DELETE FROM rowhouse.migrations');
    await eventually(async () => expect(await valueOf('migrations_pending', {}, cut)).toBeGreaterThan(0));
    proxy.isFrozen = true;
    await eventually(async () =>
      expect((await scrape(cut)).filter(({ name }) => name === 'migrations_pending')).toEqual([]),
    );
    await proxy.close();
    await database.drop();
  });

  it('lets any room count in a line', async () => {
    const metrics = api.app.get(Metrics);
    metrics.counter('test_things_total', 'Things', ['kind']).inc({ kind: 'one' });
    metrics.counter('test_things_total', 'Things', ['kind']).inc({ kind: 'one' });
    expect(await valueOf('test_things_total', { kind: 'one' })).toBe(2);
  });

  it('is a problem without the token, where there is one', async () => {
    const guarded = await other({ METRICS_TOKEN: TOKEN });
    const refused = await guarded.call('GET', '/metrics');
    expect(refused).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer realm="metrics"' } });
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect((await guarded.call('GET', '/metrics', { as: api.acme.apiKey })).status).toBe(401);
    expect((await guarded.call('GET', '/metrics', { as: TOKEN })).status).toBe(200);
  });

  it('is not there in production, unless on a port of its own or behind a token', async () => {
    const bare = await other({ NODE_ENV: 'production' });
    expect(await bare.call('GET', '/metrics')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    const guarded = await other({ NODE_ENV: 'production', METRICS_TOKEN: TOKEN });
    expect((await guarded.call('GET', '/metrics', { as: TOKEN })).status).toBe(200);
  });

  it('moves to METRICS_PORT, and asks for the token there as well', async () => {
    const port = await freePort();
    const moved = await other({ NODE_ENV: 'production', METRICS_PORT: String(port), METRICS_TOKEN: TOKEN });
    expect((await moved.call('GET', '/metrics', { as: TOKEN })).status).toBe(404);
    const get = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init);
    expect((await get('/metrics')).status).toBe(401);
    const answer = await get('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(answer.status).toBe(200);
    expect(parseExposition(await answer.text()).length).toBeGreaterThan(40);
    expect((await get('/')).status).toBe(404);
    expect((await get('/metrics', { method: 'POST' })).status).toBe(405);
    moved.app.get(Metrics).gauge('test_broken', 'Cannot be read', [], () => {
      throw new Error('broken');
    });
    const broken = await get('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(broken.status).toBe(500); // and the process goes on
    await others.pop()!.close();
    await expect(get('/metrics')).rejects.toThrow('fetch failed');
  });

  it('stops the start where METRICS_PORT is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    await expect(other({ METRICS_PORT: String(port) })).rejects.toThrow('EADDRINUSE');
    holder.close();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
