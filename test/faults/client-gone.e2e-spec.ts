import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { TENANT_POOL } from '../../src/database/index.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { RawClient, listen } from '../support/raw-client.js';
import { WireProxy } from '../support/wire-proxy.js';
import { SlowModule } from '../support/slow.module.js';

describe.each(['true', 'false'])('a client that goes away in mid-request, pipeline %s', (pipeline) => {
  let api: TestApp;
  let port: number;
  beforeAll(async () => {
    api = await createTestApp({
      imports: [SlowModule],
      environment: {
        DATABASE_POOL_MAX: '2',
        DATABASE_POOL_MAX_PER_TENANT: '2',
        DATABASE_PIPELINE: pipeline,
        DATABASE_STATEMENT_TIMEOUT_MS: '60000',
      },
    });
    port = await listen(api.app);
  });
  afterAll(() => api.close());
  beforeEach(() => api.database.query('TRUNCATE notes CASCADE'));

  const request = (method: string, path: string, body?: string) => [
    `${method} ${path} HTTP/1.1`,
    'Host: x',
    `Authorization: Bearer ${api.acme.apiKey}`,
    ...(body === undefined ? [] : ['Content-Type: application/json', `Content-Length: ${body.length}`]),
    '',
    body ?? '',
  ];
  const sleeping = async () => {
    const { rows } = await api.database.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep%'
          AND pid <> pg_backend_pid()`,
    );
    return rows.length;
  };
  const inTransaction = async () => {
    const { rows } = await api.database.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND usename = 'rowhouse_app' AND xact_start IS NOT NULL`,
    );
    return rows.length;
  };
  const expectAllFree = async () => {
    const pool = api.app.get<Pool>(TENANT_POOL);
    await eventually(async () => expect(await inTransaction()).toBe(0));
    await eventually(() => expect(pool.idleCount).toBe(pool.totalCount));
    expect(pool.waitingCount).toBe(0);
    expect((await api.call('GET', '/v1/notes', { as: api.globex.apiKey })).status).toBe(200);
  };

  it.each(['destroy', 'end'] as const)('has its query cancelled (%s)', async (how) => {
    const client = (await RawClient.to(port)).send(...request('GET', '/v1/slow'));
    await eventually(async () => expect(await sleeping()).toBe(1));
    client.socket[how](); // a client that only stops sending counts as gone: Node cannot tell it from one that closed
    await eventually(async () => expect(await sleeping()).toBe(0));
    await expectAllFree();
  });

  it('has what it wrote rolled back', async () => {
    const client = (await RawClient.to(port)).send(...request('POST', '/v1/slow', '{"title":"one"}'));
    await eventually(async () => expect(await sleeping()).toBe(1));
    client.socket.destroy();
    await expectAllFree();
    const { rows } = await api.database.query('SELECT title FROM notes');
    expect(rows).toEqual([]);
  });

  it('has it rolled back at once where its handler is busy elsewhere', async () => {
    const client = (await RawClient.to(port)).send(
      ...request('POST', '/v1/slow/elsewhere', '{"title":"one"}'),
    );
    await eventually(async () => expect(await inTransaction()).toBe(1));
    client.socket.destroy();
    await expectAllFree();
    const { rows } = await api.database.query('SELECT title FROM notes');
    expect(rows).toEqual([]);
  });

  it('has all of its pipelined requests cancelled', async () => {
    const both = [request('GET', '/v1/slow'), request('GET', '/v1/slow')].flatMap((lines) =>
      lines.join('\r\n'),
    );
    const client = await RawClient.to(port);
    client.socket.write(both.join(''));
    await eventually(async () => expect(await sleeping()).toBe(2));
    client.socket.destroy();
    await eventually(async () => expect(await sleeping()).toBe(0));
    await expectAllFree();
  });

  it('harms no request of another tenant, fifty times', async () => {
    await api.call('POST', '/v1/notes', { as: api.globex.apiKey, body: { title: 'of globex' } });
    const leave = async (i: number) => {
      const client = await RawClient.to(port);
      client.send(...(i % 2 ? request('GET', '/v1/slow') : request('POST', '/v1/slow', `{"title":"${i}"}`)));
      await new Promise((resolve) => setTimeout(resolve, i % 7)); // some are gone before, some after their query is sent
      client.socket.destroy();
    };
    const stay = async (i: number) => {
      const written = await api.call('POST', '/v1/notes', {
        as: api.globex.apiKey,
        body: { title: `kept ${i}` },
      });
      const read = await api.call('GET', '/v1/notes?limit=100', { as: api.globex.apiKey });
      return [written.status, read.status, read.text.includes(`kept ${i}`)];
    };
    const stayed: unknown[] = [];
    for (let i = 0; i < 50; i++) {
      const [, outcome] = await Promise.all([leave(i), stay(i)]);
      stayed.push(outcome);
    }
    expect(stayed).toEqual(stayed.map(() => [201, 200, true]));
    await expectAllFree();
    const { rows } = await api.database.query('SELECT count(*)::int AS n FROM notes');
    expect(rows).toEqual([{ n: 51 }]);
  });

  it('leaves what was committed before', async () => {
    const client = (await RawClient.to(port)).send(...request('POST', '/v1/notes', '{"title":"one"}'));
    await eventually(() => expect(client.received).toContain('201'));
    client.socket.destroy();
    await expectAllFree();
    const { rows } = await api.database.query('SELECT title FROM notes');
    expect(rows).toEqual([{ title: 'one' }]);
  });

  it('does not disturb the next request on a connection that stays', async () => {
    const client = await RawClient.to(port);
    for (let i = 0; i < 20; i++) {
      client.received = '';
      client.send(...request('GET', '/v1/notes'));
      await eventually(() => expect(client.received).toMatch(/^HTTP\/1.1 200 [^]*"page"/));
    }
    client.socket.destroy();
    await expectAllFree();
  });
});

describe('a request that takes too long', () => {
  let api: TestApp;
  beforeAll(async () => {
    api = await createTestApp({ imports: [SlowModule], environment: { REQUEST_TIMEOUT_MS: '300' } });
  });
  afterAll(() => api.close());

  it.each([
    ['GET', '/v1/slow'],
    ['POST', '/v1/slow'],
    ['POST', '/v1/slow/elsewhere'],
  ])('%s %s is answered 503, cancelled and rolled back', async (method, url) => {
    const body = method === 'POST' ? { title: 'one' } : undefined;
    const answer = await api.call(method, url, { as: api.acme.apiKey, body });
    expect(answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': '1', 'content-type': expect.stringContaining('problem+json') },
      body: { code: 'REQUEST_TIMEOUT', instance: answer.headers['x-request-id'] },
    });
    const pool = api.app.get<Pool>(TENANT_POOL);
    await eventually(() => expect(pool.idleCount).toBe(pool.totalCount));
    const { rows } = await api.database.query(
      `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND usename = 'rowhouse_app' AND xact_start IS NOT NULL
       UNION ALL SELECT title FROM notes`,
    );
    expect(rows).toEqual([]);
  });

  it('is answered 408 where its client is the slow one', async () => {
    const client = await RawClient.to(await listen(api.app));
    client.send(
      'POST /v1/notes HTTP/1.1',
      'Host: x',
      'Content-Type: application/json',
      'Content-Length: 20',
      '',
      '{',
    );
    expect(await client.answer()).toMatchObject({ status: 408, body: { code: 'REQUEST_INCOMPLETE' } });
  });

  it('leaves quick ones alone', async () => {
    for (let i = 0; i < 20; i++)
      expect((await api.call('GET', '/v1/notes', { as: api.acme.apiKey })).status).toBe(200);
  });
});

describe('a client that goes away while the database swallows everything', () => {
  it('keeps no connection of the pool', async () => {
    const api = await createTestApp({ imports: [SlowModule] });
    const url = new URL(api.database.tenantUrl);
    const proxy = await WireProxy.before(url.hostname, Number(url.port));
    url.host = `127.0.0.1:${proxy.port}`;
    const second = await createTestApp({
      sharing: api,
      imports: [SlowModule],
      environment: { DATABASE_URL: url.href, DATABASE_POOL_MAX: '1' },
    });
    try {
      const port = await listen(second.app);
      const client = await RawClient.to(port);
      client.send('GET /v1/slow HTTP/1.1', 'Host: x', `Authorization: Bearer ${api.acme.apiKey}`, '', '');
      await eventually(() => expect(JSON.stringify(proxy.exchange)).toContain('pg_sleep(60)'));
      proxy.isFrozen = true;
      client.socket.destroy();
      await eventually(() => expect(second.app.get<Pool>(TENANT_POOL).totalCount).toBe(0), 10_000);
      proxy.isFrozen = false;
      await eventually(async () =>
        expect((await second.call('GET', '/v1/notes', { as: api.acme.apiKey })).status).toBe(200),
      );
    } finally {
      await proxy.close();
      await second.close();
      await api.close();
    }
  });
});
