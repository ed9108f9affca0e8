import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { childEnvironment } from '../support/child-environment.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { describeDirectly, pooledEnvironment } from '../support/pooled.js';
import { keepOutput } from '../support/test-logs.js';
import { eventually } from '../support/eventually.js';
import { WireProxy } from '../support/wire-proxy.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The built server as operators start it: `node dist/main.js`. `pretest` builds it. */
describe('the server as a process', () => {
  let database: TestDatabase;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

  function start(environment: Record<string, string>) {
    const child = spawn(process.execPath, ['dist/main.js'], {
      cwd: root,
      env: { ...childEnvironment(), NODE_ENV: 'test', LOG_LEVEL: 'info', PORT: '0', ...environment },
    });
    children.push(child);
    const run = { child, output: '', exit: once(child, 'exit').then(([code]) => code as number | null) };
    child.stdout.on('data', (chunk) => (run.output += chunk));
    child.stderr.on('data', (chunk) => (run.output += chunk));
    void run.exit.then(() => keepOutput(run.output));
    return run;
  }
  const urls = () => ({
    DATABASE_URL: database.tenantUrl,
    CONTROL_DATABASE_URL: database.controlUrl,
    ...pooledEnvironment(database),
  });
  const freePort = async () => {
    const { createServer } = await import('node:net');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    return String(port);
  };

  it('names every wrong variable at once, no secret, and exits with 2', async () => {
    const run = start({
      PORT: 'abc',
      DATABASE_POOL_MAX: '0',
      DATABASE_URL: 'mysql://u:hunter2@h/d',
      LOG_LEVEL: 'loud',
    });
    expect(await run.exit).toBe(2);
    for (const name of ['PORT', 'DATABASE_POOL_MAX', 'DATABASE_URL', 'CONTROL_DATABASE_URL', 'LOG_LEVEL'])
      expect(run.output).toContain(name);
    expect(run.output).not.toContain('hunter2');
  });

  it('refuses production without a database, and says which variables are needed', async () => {
    const run = start({ NODE_ENV: 'production' });
    expect(await run.exit).toBe(2);
    expect(run.output).toContain('DATABASE_URL');
    expect(run.output).toContain('CONTROL_DATABASE_URL');
  });

  it('gives up after the deadline with a clear error and exit 1', async () => {
    const port = await freePort();
    const unreachable = (url: string) => Object.assign(new URL(url), { port }).href;
    const run = start({
      DATABASE_URL: unreachable(database.tenantUrl),
      CONTROL_DATABASE_URL: unreachable(database.controlUrl),
      DATABASE_CONNECT_DEADLINE_MS: '500',
    });
    expect(await run.exit).toBe(1);
    expect(run.output).toContain('The database cannot be reached');
  });

  it('ends on SIGTERM while it still waits for the database', async () => {
    const port = await freePort();
    const unreachable = (url: string) => Object.assign(new URL(url), { port }).href;
    const run = start({
      DATABASE_URL: unreachable(database.tenantUrl),
      CONTROL_DATABASE_URL: unreachable(database.controlUrl),
    });
    await eventually(() => expect(run.output).toContain('not reachable yet'));
    run.child.kill('SIGTERM');
    expect(await run.exit).toBe(0); // and not by the signal, which the first process of a container would not even hear
  });

  it('waits for a database that comes up after it', async () => {
    const [port, databasePort] = [await freePort(), await freePort()];
    const later = (url: string) =>
      Object.assign(new URL(url), { hostname: '127.0.0.1', port: databasePort }).href;
    const run = start({
      PORT: port,
      DATABASE_URL: later(database.tenantUrl),
      CONTROL_DATABASE_URL: later(database.controlUrl),
    });
    await eventually(() => expect(run.output.match(/not reachable yet/g)?.length).toBeGreaterThan(1), 15_000);
    const { hostname, port: realPort } = new URL(database.tenantUrl);
    const proxy = await WireProxy.before(hostname, Number(realPort), Number(databasePort));
    await eventually(
      async () => expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200),
      15_000,
    );
    run.child.kill('SIGTERM');
    expect(await run.exit).toBe(0);
    await proxy.close();
  });

  it('says so when its port is taken, and exits with 1', async () => {
    const port = await freePort();
    const { createServer } = await import('node:net');
    const holder = createServer().listen(Number(port), '127.0.0.1');
    await once(holder, 'listening');
    const run = start({ ...urls(), PORT: port });
    expect(await run.exit).toBe(1);
    expect(run.output).toContain('EADDRINUSE');
    expect(run.output).toContain('choose another address by PORT and HOST');
    holder.close();
  });

  // A pooler keeps its connections to the server when the service has closed its own.
  describeDirectly('on a connection of its own', () => {
    it('on SIGTERM: readiness 503 at once, requests in flight finish, exit 0', async () => {
      const port = await freePort();
      const run = start({ ...urls(), PORT: port, SHUTDOWN_DELAY_MS: '400' });
      const base = `http://127.0.0.1:${port}`;
      await eventually(async () => expect((await fetch(`${base}/health/ready`)).status).toBe(200), 15_000);

      // A request that is in flight: the look-up of its key waits for a lock that the test holds.
      const { withClient } = await import('../../src/migrations/index.js');
      const slow = await withClient({ connectionString: database.adminUrl }, async (admin) => {
        await admin.query('BEGIN; LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE');
        const inFlight = fetch(`${base}/v1/me`, {
          headers: { authorization: `Bearer rh_${'0'.repeat(20)}_${'0'.repeat(64)}` },
        });
        await eventually(async () => {
          const { rows } = await admin.query(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          expect(rows).toHaveLength(1);
        });
        run.child.kill('SIGTERM');
        await eventually(async () => expect((await fetch(`${base}/health/ready`)).status).toBe(503), 1_000);
        const served = await fetch(`${base}/health/live`);
        expect(served.status).toBe(200);
        // Who keeps connections would otherwise send on them until they are closed under a request.
        expect(served.headers.get('connection')).toBe('close');
        await admin.query('ROLLBACK');
        return inFlight;
      });
      expect(slow.status).toBe(401);
      expect(await run.exit).toBe(0);
      const { rows } = await database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'rowhouse%'`,
      );
      expect(rows).toEqual([]);
    });
  });

  // In pieces, since the stack shows this text, which is a URL there.
  const CRASH = `process.on('SIGUSR2', () => { throw new Error('lost postgres://app:hunt' + 'er2@db/x') })`;
  const LOADS = `import { registerHooks } from 'node:module';
    registerHooks({ resolve(name, context, next) {
      if (name.includes('opentelemetry/sdk')) process.stderr.write('loads OpenTelemetry\\n');
      return next(name, context);
    } })`;
  const before = (code: string) => ({
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}`,
  });
  const requestIds = (output: string) =>
    output
      .split('\n')
      .filter((line) => line.includes('"msg":"request"'))
      .map((line) => JSON.parse(line) as { requestId: string; route: string; level: string })
      .filter(({ route }) => route === '/v1/me')
      .map(({ requestId }) => requestId);

  it.each([
    ['SIGTERM', 0],
    ['SIGUSR2', 1], // throws an error that nobody catches
  ] as const)('in production: one line of JSON per request, and none is lost at %s', async (signal, code) => {
    const port = await freePort();
    const run = start({ ...urls(), ...before(CRASH), NODE_ENV: 'production', PORT: port });
    const base = `http://127.0.0.1:${port}`;
    await eventually(async () => expect((await fetch(`${base}/health/ready`)).status).toBe(200), 15_000);
    const ids = Array.from({ length: 40 }, (_, i) => `last-words-${i}`);
    await Promise.all(ids.map((id) => fetch(`${base}/v1/me`, { headers: { 'x-request-id': id } })));
    run.child.kill(signal);
    expect(await run.exit).toBe(code);
    expect(requestIds(run.output).sort()).toEqual(ids.sort());
    expect(run.output).not.toContain('hunter2');
    expect(run.output.includes('"msg":"crashed"')).toBe(code === 1);
    const lines = run.output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const line of lines) expect(line).toHaveProperty('level');
    expect(lines.filter(({ msg }) => msg === `listening on ${base}`)).toHaveLength(1);
    expect(lines.filter(({ context }) => context === 'RouterExplorer')).toEqual([]);
  });

  it.each([
    [{}, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }, true],
  ])('loads OpenTelemetry only where a collector is configured: %j', async (environment, isLoaded) => {
    const port = await freePort();
    const run = start({ ...urls(), ...before(LOADS), ...environment, PORT: port });
    await eventually(
      async () => expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200),
      15_000,
    );
    run.child.kill('SIGTERM');
    expect(await run.exit).toBe(0);
    expect(run.output.includes('loads OpenTelemetry')).toBe(isLoaded);
  });

  it('takes Ctrl-C twice at once for one, as npm and the terminal both pass it on', async () => {
    const port = await freePort();
    const run = start({ ...urls(), PORT: port });
    await eventually(
      async () => expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200),
      15_000,
    );
    run.child.kill('SIGINT');
    run.child.kill('SIGINT');
    expect(await run.exit).toBe(0);
  });
});
