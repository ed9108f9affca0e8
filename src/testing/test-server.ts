import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The PostgreSQL of one test run. */
export interface TestServer {
  adminUrl: string;
  /** Stops it, if this run started it. */
  stop(): Promise<void>;
}

const settings = { max_connections: 300, shared_buffers: '256MB' };
const prefix = 'rowhouse-test-';

/**
 * `TEST_DATABASE_URL` (a superuser's URL), or `TEST_DATABASE=testcontainers`, or else the embedded server; the last two of the
 * newest major or of `TEST_DATABASE_MAJOR`.
 * @throws Error in words where `TEST_DATABASE` is neither, or what it needs is not installed.
 */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return { adminUrl: given, stop: async () => undefined };
  const kind = process.env['TEST_DATABASE'] ?? 'embedded';
  if (kind === 'testcontainers') return startContainer();
  if (kind === 'embedded') return startEmbedded();
  throw new Error(`TEST_DATABASE must be "embedded" or "testcontainers", not "${kind}"`);
}

async function startContainer(): Promise<TestServer> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const durability = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const options = Object.entries({ ...settings, ...durability }).flatMap(([k, v]) => ['-c', `${k}=${v}`]);
  const { TEST_DATABASE_MAJOR: major = '18', TEST_DATABASE_IMAGE: image = `postgres:${major}` } = process.env;
  const isReused = process.env['TESTCONTAINERS_REUSE_ENABLE'] === 'true';
  const described = new PostgreSqlContainer(image)
    .withUsername('postgres')
    .withCommand(['postgres', ...options]);
  const container = await (isReused ? described.withReuse() : described).start();
  // The next run finds a container that is reused; this one drops its own databases only.
  const stop = async () => (isReused ? undefined : void (await container.stop()));
  return { adminUrl: container.getConnectionUri(), stop };
}

async function startEmbedded(): Promise<TestServer> {
  const { EmbeddedServer } = await import('../local/embedded-server.js');
  await sweepAbandoned();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o755);
  const superuserPassword = randomBytes(18).toString('base64url');
  const dataDir = join(folder, 'postgres');
  const major = process.env['TEST_DATABASE_MAJOR'];
  const server = await EmbeddedServer.start({
    dataDir,
    superuserPassword,
    durable: false,
    settings,
    ...(major !== undefined && { major: Number(major) }),
  });
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  // Jest runs no globalTeardown after Ctrl-C, and the server is in a process group of its own.
  const abandon = (signal: NodeJS.Signals) => {
    server.kill();
    remove();
    process.kill(process.pid, signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, abandon);
  return {
    adminUrl: server.adminUrl(),
    async stop() {
      for (const signal of signals) process.off(signal, abandon);
      await server.stop();
      remove();
    },
  };
}

/** Servers whose run was killed with -9, when nobody could clean up. */
async function sweepAbandoned(): Promise<void> {
  const { removeAbandonedServer } = await import('../local/embedded-cluster.js');
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
  for (const folder of folders.map((name) => join(tmpdir(), name))) {
    // A folder that another run removes at this moment, or that another user owns, is not ours to sweep.
    const isOurs = statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.();
    if (isOurs) await removeAbandonedServer(join(folder, 'postgres')).catch(() => undefined);
  }
}
