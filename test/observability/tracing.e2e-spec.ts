import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { Pool } from 'pg';
import { ChangeListener, TENANT_POOL, TenantDatabase, Transactions } from '../../src/database/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { linesOf, testLogFile } from '../support/test-logs.js';
import { Collector } from './collector.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

const traceparent = (flags: string) => ({ traceparent: `00-${TRACE}-${CALLER}-${flags}` });

describe('traces', () => {
  let api: TestApp;
  let collector: Collector;
  let traced: TestApp | undefined;
  beforeAll(async () => {
    api = await createTestApp();
  });
  beforeEach(async () => {
    collector = await Collector.start();
  });
  afterEach(async () => {
    await traced?.close();
    traced = undefined;
    await collector.stop();
  });
  afterAll(() => api.close());

  async function start(environment: Record<string, string> = {}): Promise<TestApp> {
    const OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
    traced = await createTestApp({
      sharing: api,
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT, CACHE_TTL_MS: '600000', ...environment },
    });
    // Keys and tenants come from the cache from here on: it is emptied once more when the listener connects.
    await traced.app.get(ChangeListener).whenListening();
    await traced.call('GET', '/v1/me', { as: api.acme.apiKey, headers: traceparent('00') });
    return traced;
  }
  /** All that was not yet sent is sent when the application ends. Without the transactions of the audit at the start. */
  async function spansOf(app: TestApp) {
    await app.close();
    traced = undefined;
    const ofNoRequest = collector.spans.filter(
      ({ name, parentSpanId }) => name === 'transaction' && !parentSpanId,
    );
    const audits = new Set(ofNoRequest.map(({ traceId }) => traceId));
    return collector.spans.filter(({ traceId }) => !audits.has(traceId));
  }

  it('are one tree: the caller, the request, its transaction, its statements', async () => {
    const app = await start();
    const headers = { ...traceparent('01'), 'x-request-id': 'traced-1' };
    await app.call('POST', '/v1/notes', { as: api.acme.apiKey, headers, body: { title: 'Zq7 title' } });
    const { line } = await eventually(() => ({
      line: linesOf('traced-1').find(({ msg }) => msg === 'request')!,
    }));
    const spans = await spansOf(app);
    expect(spans.map(({ name }) => name).sort()).toEqual([
      'INSERT audit_log',
      'INSERT notes',
      'POST /v1/notes',
      'transaction',
    ]);
    expect(spans.every(({ traceId }) => traceId === TRACE)).toBe(true);
    const named = (name: string) => spans.find((span) => span.name === name)!;
    const [request, transaction, statement] = ['POST /v1/notes', 'transaction', 'INSERT notes'].map(named);
    expect(request).toMatchObject({
      kind: SERVER,
      parentSpanId: CALLER,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/v1/notes',
        'http.response.status_code': 201,
        'rowhouse.request.id': 'traced-1',
        'rowhouse.tenant.id': api.acme.id,
      },
    });
    expect(transaction).toMatchObject({
      parentSpanId: request!.spanId,
      attributes: {
        'rowhouse.db.plane': 'tenant',
        'rowhouse.db.access': 'write',
        'rowhouse.db.outcome': 'committed',
      },
    });
    expect(statement).toMatchObject({
      kind: CLIENT,
      parentSpanId: transaction!.spanId,
      attributes: {
        'db.system.name': 'postgresql',
        'db.operation.name': 'INSERT',
        'db.collection.name': 'notes',
        'db.query.summary': 'INSERT notes',
        'rowhouse.db.statement': expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    });
    for (const [inner, outer] of [
      [transaction, request],
      [statement, transaction],
    ] as const) {
      expect(BigInt(inner!.startTimeUnixNano) >= BigInt(outer!.startTimeUnixNano)).toBe(true);
      expect(BigInt(inner!.endTimeUnixNano) <= BigInt(outer!.endTimeUnixNano)).toBe(true);
    }
    expect(line.traceId).toBe(TRACE);
    expect(collector.resource).toMatchObject({
      'service.name': 'rowhouse',
      'service.version': expect.any(String),
    });
  });

  it('hold no parameter, no text of a statement, no URL and no credential', async () => {
    const app = await start({ OTEL_EXPORTER_OTLP_HEADERS: 'api-key=for%20the%20collector' });
    const sampled = traceparent('01');
    const title = 'Zq7 twice';
    const made = await app.call('POST', '/v1/notes', {
      as: api.acme.apiKey,
      headers: sampled,
      body: { title },
    });
    await app.call('GET', `/v1/notes/${made.body.id}?x=Zq7`, { as: api.acme.apiKey, headers: sampled });
    await app.call('POST', '/v1/notes', { as: api.acme.apiKey, headers: sampled, body: { title } });
    const spans = await spansOf(app);
    expect(spans.length).toBeGreaterThan(8);
    for (const secret of ['Zq7', String(made.body.id), api.acme.apiKey, 'rh_', '$1', 'where'])
      expect(collector.text).not.toContain(secret);
    expect(collector.headers[0]).toMatchObject({ 'api-key': 'for the collector' });
  });

  it('say what failed by its code', async () => {
    const app = await start();
    const title = 'made twice';
    const call = { as: api.acme.apiKey, headers: traceparent('01'), body: { title } };
    await app.call('POST', '/v1/notes', call);
    expect((await app.call('POST', '/v1/notes', call)).status).toBe(500); // the sample resource has no problem for it
    const failed = (await spansOf(app)).filter(({ status }) => status.code === ERROR);
    expect(failed.map(({ name, attributes }) => [name, attributes['error.type']]).sort()).toEqual([
      ['INSERT notes', '23505'],
      ['POST /v1/notes', '500'],
    ]);
    expect(failed.every(({ status, events = [] }) => !status.message && events.length === 0)).toBe(true);
  });

  it('are recorded where the caller recorded, whatever our own share is', async () => {
    const app = await start({ OTEL_TRACES_SAMPLER_ARG: '0' });
    await app.call('GET', '/v1/notes', { as: api.acme.apiKey }); // ours: none
    await app.call('GET', '/v1/notes', { as: api.acme.apiKey, headers: traceparent('00') }); // theirs: none
    await app.call('GET', '/v1/notes', { as: api.acme.apiKey, headers: traceparent('01') });
    const spans = await spansOf(app);
    expect(spans.map(({ name }) => name).sort()).toEqual(['GET /v1/notes', 'SELECT notes', 'transaction']);
    expect(spans.every(({ traceId }) => traceId === TRACE)).toBe(true);
  });

  it('hold the transaction that ends while the application does', async () => {
    const app = await start();
    const transactions = app.app.get(Transactions);
    const gate = Promise.withResolvers<void>();
    const ending = transactions.withTenant(api.acme.id, { access: 'write' }, async () => {
      await app.app.get(TenantDatabase).execute(sql`select 'the last one'`);
      await gate.promise;
    });
    const closed = spansOf(app);
    await eventually(() => expect(app.app.get<Pool>(TENANT_POOL).ending).toBe(true));
    gate.resolve();
    await Promise.all([ending, closed]);
    expect(collector.spans.map(({ attributes }) => attributes)).toContainEqual({
      'rowhouse.db.plane': 'tenant',
      'rowhouse.db.access': 'write', // those of the audit at the start commit reads only
      'rowhouse.db.outcome': 'committed',
    });
  });

  it('begin here where there is no caller, and the log knows their id', async () => {
    const app = await start();
    const headers = { traceparent: 'nonsense', 'x-request-id': 'traced-root' };
    await app.call('GET', '/v1/notes', { as: api.acme.apiKey, headers });
    const line = await eventually(() => {
      const found = linesOf('traced-root').find(({ msg }) => msg === 'request');
      expect(found).toBeDefined();
      return found;
    });
    const root = (await spansOf(app)).find(
      ({ attributes }) => attributes['rowhouse.request.id'] === 'traced-root',
    )!;
    expect(root.parentSpanId ?? '').toBe('');
    expect(root.traceId).toBe(line.traceId);
    expect(root.traceId).not.toBe(TRACE);
  });

  it('stop no request and no shutdown while the collector is down, which is told once', async () => {
    const dead = await Collector.start();
    const { url } = dead;
    await dead.stop();
    const app = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: url });
    // More than one batch.
    for (let i = 0; i < 60; i++) {
      const burst = Array.from({ length: 25 }, () =>
        app.call('GET', '/v1/me', { headers: traceparent('01') }),
      );
      for (const { status } of await Promise.all(burst)) expect(status).toBe(401);
    }
    const told = () => readFileSync(testLogFile(), 'utf8').split('spans cannot be delivered').length - 1;
    await eventually(() => expect(told()).toBe(1), 10_000);
    await app.close();
    traced = undefined;
    expect(told()).toBe(1);
  });

  it('stop no shutdown while the collector takes everything and answers nothing', async () => {
    const app = await start();
    collector.isSilent = true;
    expect(
      (await app.call('GET', '/v1/notes', { as: api.acme.apiKey, headers: traceparent('01') })).status,
    ).toBe(200);
    await spansOf(app);
    expect(collector.spans.length).toBeGreaterThan(0);
  });
});
