import { once } from 'node:events';
import { connect } from 'node:net';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { TenantDatabase } from '../../src/database/index.js';
import { RequireScope } from '../../src/http/index.js';
import { type Call, type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { linesOf } from '../support/test-logs.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

@RequireScope('tenant:read')
@Controller('v1/sleeps')
class SleepController {
  constructor(private readonly db: TenantDatabase) {}

  /** Until the client goes away. */
  @Get('long')
  long() {
    return this.db.execute(sql`select pg_sleep(60)`);
  }

  @Get()
  async sideBySide() {
    await Promise.all([
      this.db.execute(sql`select pg_sleep(0.1)`),
      this.db.execute(sql`select pg_sleep(0.1)`),
    ]);
    return {};
  }

  @Post()
  async count(@Body() body: object) {
    await this.db.execute(sql`select 1`);
    return body;
  }
}

@Module({ controllers: [SleepController] })
class SleepModule {}

describe('the log of requests', () => {
  let api: TestApp;
  let count = 0;
  beforeAll(async () => {
    api = await createTestApp({ imports: [SleepModule] });
    await api.call('GET', '/v1/me', { as: api.acme.apiKey }); // the key and the tenant are in the cache now
  });
  afterAll(() => api.close());

  async function lineOf(method: string, url: string, call: Call = {}) {
    const requestId = `request-log-${++count}`;
    const headers = { ...call.headers, 'x-request-id': requestId };
    const answer = await api.call(method, url, { ...call, headers });
    const line = await requestLine(requestId);
    return { answer, line };
  }
  const requestLine = (requestId: string) =>
    eventually(() => {
      const lines = linesOf(requestId).filter(({ msg }) => msg === 'request');
      expect(lines).toHaveLength(1);
      return lines[0];
    });

  it('has one line per request: who, what, how long, and what it asked of the database', async () => {
    const { body } = await api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: { title: 'one' } });
    const { line } = await lineOf('GET', `/v1/notes/${body.id}`, { as: api.acme.apiKey });
    const me = await api.call('GET', '/v1/me', { as: api.acme.apiKey });
    expect(line).toMatchObject({
      level: 'info',
      method: 'GET',
      route: '/v1/notes/:id',
      status: 200,
      statements: 1,
      tenantId: api.acme.id,
      principal: { kind: 'api_key', id: me.body.principal.id },
    });
    expect(line.databaseMs).toBeGreaterThan(0);
    expect(line.databaseMs).toBeLessThanOrEqual(line.durationMs);
    expect(line).not.toHaveProperty('ip');
    expect(JSON.stringify(line)).not.toContain(body.id);
  });

  it('counts database time once where statements run side by side', async () => {
    const { line } = await lineOf('GET', '/v1/sleeps', { as: api.acme.apiKey });
    expect(line.statements).toBe(2);
    // On one connection the second waits for the first: added up, they would take longer than the request.
    expect(line.databaseMs).toBeLessThanOrEqual(line.durationMs);
  });

  it('counts the statements of a request with a body, whose events come from elsewhere', async () => {
    const { line } = await lineOf('POST', '/v1/sleeps', { as: api.acme.apiKey, body: { any: 'body' } });
    expect(line).toMatchObject({ status: 201, statements: 1 });
    expect(line.databaseMs).toBeGreaterThan(0);
  });

  it('counts what the guard asked of the control plane', async () => {
    const { answer, line } = await lineOf('GET', '/v1/me', { as: `rh_${'1'.repeat(20)}_${'2'.repeat(64)}` });
    expect(answer.status).toBe(401);
    expect(line).toMatchObject({ level: 'info', status: 401, statements: 1 });
    expect(line).toMatchObject({ ip: '127.0.0.1' });
    expect(line).not.toHaveProperty('tenantId');
  });

  it.each([
    ['an unknown route', 'GET', '/v1/no-such-route/42', 'unmatched', 404],
    ['a method that a route does not have', 'PUT', '/v1/me', 'unmatched', 405],
    ['a body that is no JSON', 'POST', '/v1/notes', '/v1/notes', 400],
  ])('has a line for %s', async (_, method, url, route, status) => {
    const headers = { 'content-type': 'application/json' };
    const call = method === 'POST' ? { headers, body: '{' } : {};
    const { line } = await lineOf(method, url, { as: api.acme.apiKey, ...call });
    expect(line).toMatchObject({ method, route, status, statements: 0 });
  });

  it('keeps probes and scrapes for level debug', async () => {
    expect((await lineOf('GET', '/health/live')).line).toMatchObject({ level: 'debug', status: 200 });
    expect((await lineOf('GET', '/metrics')).line).toMatchObject({ level: 'debug', route: '/metrics' });
  });

  it('says what the database room logs under the same request id', async () => {
    const { line } = await lineOf('GET', '/v1/notes', { as: api.acme.apiKey, headers: traceparent('01') });
    // Others may be there too, of looking up who asks, which no tenant does.
    const queries = linesOf(line.requestId).filter(({ msg }) => msg === 'query');
    expect(queries).toContainEqual(
      expect.objectContaining({ tenantId: api.acme.id, traceId: TRACE, context: 'Database' }),
    );
  });

  it('takes the trace id of a valid traceparent, and none of another', async () => {
    expect((await lineOf('GET', '/v1/me', { headers: traceparent('00') })).line.traceId).toBe(TRACE);
    const { line } = await lineOf('GET', '/v1/me', { headers: { traceparent: `00-${'0'.repeat(32)}-1-01` } });
    expect(line).not.toHaveProperty('traceId');
  });

  it('answers with the request id it was given, and with one of its own for a bad one', async () => {
    const given = await api.call('GET', '/v1/me', { headers: { 'x-request-id': 'given.id_1-2' } });
    expect([given.headers['x-request-id'], given.body.instance]).toEqual(['given.id_1-2', 'given.id_1-2']);
    const bad = await api.call('GET', '/v1/me', { headers: { 'x-request-id': 'a b"c' } });
    expect(bad.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(bad.body.instance).toBe(bad.headers['x-request-id']);
  });

  it('writes the given request id into the audit log', async () => {
    const headers = { 'x-request-id': 'audited-1' };
    await api.call('POST', '/v1/api-keys', { as: api.acme.apiKey, headers, body: { name: 'audited' } });
    const { rows } = await api.database.query(`SELECT action FROM audit_log WHERE request_id = 'audited-1'`);
    expect(rows).toHaveLength(1);
  });

  it('has a line for a client that went away, and the answer is not called sent', async () => {
    await api.app.listen(0, '127.0.0.1');
    const { port } = new URL(await api.app.getUrl());
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const requestId = 'gone-away-1';
    socket.write(
      `GET /v1/sleeps/long HTTP/1.1\r\nHost: x\r\nX-Request-Id: ${requestId}\r\nAuthorization: Bearer ${api.acme.apiKey}\r\n\r\n`,
    );
    await eventually(async () => {
      const { rows } = await api.database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()`,
      );
      expect(rows).not.toEqual([]);
    });
    socket.destroy();
    expect(await requestLine(requestId)).toMatchObject({
      level: 'info',
      status: 499,
      aborted: true,
      route: '/v1/sleeps/long',
    });
  });
});

const traceparent = (flags: string) => ({ traceparent: `00-${TRACE}-00f067aa0ba902b7-${flags}` });
