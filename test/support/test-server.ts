import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedServer } from '../../src/local/embedded-server.js';
import { bootstrapDatabase, bootstrapRoles, migrate, withClient } from '../../src/migrations/index.js';
import { serverFolder } from './server-folder.js';
import { type ServerInfo, urlOf } from './server-info.js';

interface Running {
  adminUrl: string;
  stop(): Promise<void>;
}

const MAX_CONNECTIONS = 300;
let running: Running | undefined;

/**
 * Starts the one server of a test run, with production's roles, and the migrated template that suites are cloned from.
 * `TEST_DATABASE_URL`: a server of yours (its admin URL; the passwords of the roles are set anew).
 * `TEST_DATABASE=testcontainers`: PostgreSQL in Docker, image `TEST_DATABASE_IMAGE` (postgres:18). Otherwise: embedded.
 */
export async function startTestServer(): Promise<void> {
  running = await start();
  const password = () => randomBytes(12).toString('hex');
  const template = `rowhouse_template_${randomBytes(4).toString('hex')}`;
  const info: ServerInfo = {
    adminUrl: running.adminUrl,
    template,
    passwords: { migrator: password(), app: password(), control: password() },
  };
  await withClient({ connectionString: info.adminUrl }, async (admin) => {
    await bootstrapRoles(admin, info.passwords);
    await admin.query(`CREATE DATABASE ${template}`);
  });
  await withClient({ connectionString: urlOf(info, template) }, (admin) => bootstrapDatabase(admin));
  await migrate({ connectionString: urlOf(info, template, 'migrator') });
  process.env['ROWHOUSE_TEST_SERVER'] = JSON.stringify(info);
}

/** Stops what was started; on a server of yours only the template goes. */
export async function stopTestServer(): Promise<void> {
  const info = process.env['ROWHOUSE_TEST_SERVER'];
  if (info !== undefined && process.env['TEST_DATABASE_URL'] !== undefined) {
    const { adminUrl, template } = JSON.parse(info) as ServerInfo;
    await withClient({ connectionString: adminUrl }, (admin) => admin.query(`DROP DATABASE ${template} WITH (FORCE)`));
  }
  await running?.stop();
}

async function start(): Promise<Running> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined) return { adminUrl: given, stop: async () => undefined };
  return process.env['TEST_DATABASE'] === 'testcontainers' ? startContainer() : startEmbedded();
}

async function startEmbedded(): Promise<Running> {
  const folder = await serverFolder();
  const server = await EmbeddedServer.start({
    dataDir: join(folder, 'data'),
    superuserPassword: randomBytes(12).toString('hex'),
    durable: false,
    settings: { max_connections: MAX_CONNECTIONS },
  });
  return {
    adminUrl: server.adminUrl(),
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startContainer(): Promise<Running> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await new PostgreSqlContainer(process.env['TEST_DATABASE_IMAGE'] ?? 'postgres:18')
    .withCommand(['postgres', '-c', `max_connections=${MAX_CONNECTIONS}`, '-c', 'fsync=off'])
    .start();
  return { adminUrl: container.getConnectionUri(), stop: async () => void (await container.stop()) };
}
