import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../support/child-environment.js';
import { eventually } from '../support/eventually.js';
import type { RecipeApp } from '../support/recipes.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A machine that does much else takes its time. */
const START_MS = 120_000;

/** The built server as a process of its own, on the database of the suite's application. */
export class Target {
  private output = '';

  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => (this.output += String(chunk)));
  }

  static async start({ database, environment }: RecipeApp): Promise<Target> {
    const port = await freePort();
    const child = spawn(process.execPath, ['dist/main.js'], {
      cwd: root,
      env: {
        ...childEnvironment(),
        ...environment,
        NODE_ENV: 'test',
        LOG_LEVEL: 'error',
        LOG_PRETTY: 'false',
        // The suite's application has tables on top, which the built one does not know.
        AUDIT: 'warn',
        PORT: String(port),
        DATABASE_URL: database.tenantUrl,
        CONTROL_DATABASE_URL: database.controlUrl,
        RATE_LIMIT_FAILED_SIGN_INS: '0',
        RATE_LIMITS: 'free=100000000,pro=100000000,enterprise=100000000',
      },
    });
    const target = new Target(port, child);
    await eventually(async () => {
      const isReady = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
        ({ status }) => status === 200,
        () => false,
      );
      if (!isReady && target.isAlive) throw new Error(`not ready: ${target.output}`);
    }, START_MS);
    if (!target.isAlive) throw new Error(`the server did not start: ${target.output}`);
    return target;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What it logged as errors since it listens. */
  get errors(): string[] {
    return this.output
      .split('\n')
      .filter((line) => line.includes('"level":"error"') && !/A26|AUDIT=warn/.test(line));
  }

  async stop(): Promise<number | null> {
    const exit = once(this.child, 'exit') as Promise<[number | null]>;
    if (this.isAlive) this.child.kill('SIGTERM');
    else return this.child.exitCode;
    return (await exit)[0];
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
