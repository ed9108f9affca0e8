import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EmbeddedServer } from '../../src/local/embedded-server.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { serverFolder } from '../support/server-folder.js';
import { databaseOn } from '../support/own-server.js';

/** A server of its own, since it is killed. */
describe('PostgreSQL killed with -9 while requests run, and started again', () => {
  let folder: string;
  let server: EmbeddedServer;
  let api: TestApp;
  const start = (port?: number) =>
    EmbeddedServer.start({
      dataDir: join(folder, 'data'),
      superuserPassword: 'test',
      durable: true,
      ...(port && { port }),
    });

  beforeAll(async () => {
    folder = await serverFolder();
    server = await start();
    api = await createTestApp({ database: await databaseOn(server) });
  });
  afterAll(async () => {
    await api.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('answers 503 while it is away, loses nothing it acknowledged, and recovers by itself', async () => {
    const acknowledged: string[] = [];
    const statuses = new Set<number>();
    const running = new AbortController();
    const client = async (name: string) => {
      for (let i = 0; !running.signal.aborted; i++) {
        const title = `${name} ${i}`;
        const { status } = await api.call('POST', '/v1/notes', { as: api.acme.apiKey, body: { title } });
        statuses.add(status);
        if (status === 201) acknowledged.push(title);
      }
    };
    const clients = ['a', 'b', 'c', 'd'].map(client);
    await eventually(() => expect(acknowledged.length).toBeGreaterThan(20));
    server.kill();
    await eventually(() => expect([...statuses]).toContain(503));
    await eventually(async () => expect((await api.call('GET', '/health/ready')).status).toBe(503));
    expect((await api.call('GET', '/health/live')).status).toBe(200);
    const refused = await api.call('GET', '/v1/notes', { as: api.acme.apiKey });
    expect(refused).toMatchObject({
      status: 503,
      body: { code: 'DATABASE_UNAVAILABLE' },
      headers: { 'retry-after': '1' },
    });

    server = await start(server.port);
    const before = acknowledged.length;
    await eventually(() => expect(acknowledged.length).toBeGreaterThan(before + 5), 10_000);
    running.abort();
    await Promise.all(clients);
    await eventually(async () => expect((await api.call('GET', '/health/ready')).status).toBe(200));

    expect([...statuses].sort()).toEqual([201, 503]);
    const { rows } = await api.database.query('SELECT title FROM notes');
    const stored = new Set(rows.map(({ title }) => title));
    expect(acknowledged.filter((title) => !stored.has(title))).toEqual([]);
  }, 60_000);
});
