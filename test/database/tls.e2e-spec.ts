import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config/index.js';
import pg from 'pg';
import { cancelSession } from '../../src/database/cancel-session.js';
import { createClient } from '../../src/database/index.js';
import { EmbeddedServer } from '../../src/local/embedded-server.js';
import { eventually } from '../support/eventually.js';
import { databaseOn } from '../support/own-server.js';
import { serverFolder } from '../support/server-folder.js';
import { WireProxy } from '../support/wire-proxy.js';
import { type Certificate, certificateFor, manInTheMiddle, switchTlsOn } from '../support/tls.js';

/** URLs as hosted PostgreSQL gives them, against a real server with TLS. */
describe('a hosted database', () => {
  let folder: string;
  let server: EmbeddedServer;
  let certificate: Certificate;
  let controlUrl: string;
  let tenantUrl: string;

  beforeAll(async () => {
    folder = await serverFolder();
    certificate = await certificateFor('localhost');
    await writeFile(join(folder, 'ca.pem'), certificate.cert);
    await writeFile(join(folder, 'other.pem'), (await certificateFor('localhost')).cert);
    server = await EmbeddedServer.start({
      dataDir: join(folder, 'data'),
      superuserPassword: 'test',
      durable: false,
    });
    ({ tenantUrl, controlUrl } = await databaseOn(server));
    await switchTlsOn(server, join(folder, 'data'), certificate);
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Connects as the service would in production, and answers whether the session is encrypted. */
  async function connect(parameters: string, ca = 'ca.pem', { host = 'localhost', port = server.port } = {}) {
    const at = (url: string) =>
      Object.assign(new URL(`${url}?${parameters}`), { hostname: host, port: String(port) }).href;
    const config = loadConfig({
      NODE_ENV: 'production',
      DATABASE_URL: at(tenantUrl),
      CONTROL_DATABASE_URL: at(controlUrl),
      DATABASE_CA: join(folder, ca),
    });
    const client = createClient(config.database.tenant, 'test', { connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ ssl: boolean }>(
        'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
      );
      return rows[0]?.ssl;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  const HOSTED = 'sslmode=require&channel_binding=require';

  it.each([HOSTED, 'sslmode=require', 'sslmode=verify-full'])(
    'is reached with %s, encrypted',
    async (parameters) => {
      await eventually(async () => expect(await connect(parameters)).toBe(true));
    },
  );

  it('is refused with a certificate of another authority, also for sslmode=require', async () => {
    await expect(connect(HOSTED, 'other.pem')).rejects.toThrow(/certificate/i);
  });

  it('is refused where the certificate is for another host', async () => {
    await expect(connect(HOSTED, 'ca.pem', { host: '127.0.0.1' })).rejects.toThrow(/altnames|IP/i);
  });

  it.each(['cleartext', 'scramWithoutBinding'] as const)(
    'is told no secret when it does not bind the channel as demanded (%s)',
    async (request) => {
      const other = await manInTheMiddle(certificate, request);
      try {
        await expect(connect(HOSTED, 'ca.pem', { port: other.port })).rejects.toThrow('channel binding');
        expect(other.told()).toBe('');
      } finally {
        other.close();
      }
    },
  );

  it('is asked to cancel over TLS, too', async () => {
    const proxy = await WireProxy.before('127.0.0.1', server.port);
    const url = Object.assign(new URL(`${tenantUrl}?sslmode=verify-full`), {
      hostname: 'localhost',
      port: String(proxy.port),
    }).href;
    const pool = new pg.Pool(
      loadConfig({
        NODE_ENV: 'production',
        DATABASE_URL: url,
        CONTROL_DATABASE_URL: `${controlUrl}?sslmode=verify-full`,
        DATABASE_CA: join(folder, 'ca.pem'),
      }).database.tenant,
    );
    let isRunning = true;
    const client = await pool.connect();
    const failure = client.query('SELECT pg_sleep(60)').catch((error: unknown) => error);
    void failure.then(() => (isRunning = false));
    await cancelSession(client, () => isRunning, undefined);
    expect(await failure).toMatchObject({ code: '57014' });
    const CANCEL_REQUEST_CODE = '\x04\xd2\x16\x2e';
    const writes = proxy.exchange.flatMap((part) => (part.from === 'client' ? [part.text] : []));
    expect(writes.length).toBeGreaterThan(0);
    expect(writes.filter((text) => text.includes(CANCEL_REQUEST_CODE))).toEqual([]);
    await pool.end();
    await proxy.close();
  });
});
