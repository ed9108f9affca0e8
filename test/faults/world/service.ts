import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../limits/redis-server.js';
import { childEnvironment } from '../../support/child-environment.js';
import { eventually } from '../../support/eventually.js';
import { keepOutput } from '../../support/test-logs.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const METRICS_TOKEN = 'metrics-of-the-fault-tests';
const START_DEADLINE_MS = 60_000;

/** The built server as operators start it, `node dist/main.js`, in production's mode. */
export class Service {
  private output = '';
  private isEndWanted = false;
  /** The exit code; null where a signal ended it. */
  readonly exit: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => (this.output += String(chunk)));
    this.exit = once(child, 'exit').then(([code]) => {
      keepOutput(this.output);
      return code as number | null;
    });
  }

  /** Resolves once it is ready. */
  static async start(environment: Record<string, string>): Promise<Service> {
    const port = await freePort();
    const child = spawn(process.execPath, ['dist/main.js'], {
      cwd: root,
      env: {
        ...childEnvironment(),
        NODE_ENV: 'production',
        LOG_LEVEL: 'warn',
        METRICS_TOKEN,
        PORT: String(port),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const service = new Service(child, `http://127.0.0.1:${port}`);
    await eventually(async () => {
      if (service.hasEnded) throw new Error(`The server does not start:\n${service.output}`);
      if ((await service.readiness()) !== 200) throw new Error(`Not ready:\n${service.output}`);
    }, START_DEADLINE_MS);
    return service;
  }

  /** It ended, and nobody had asked for it. */
  get hasCrashed(): boolean {
    return this.hasEnded && !this.isEndWanted;
  }

  /** What it logged of requests that it failed itself, since it was asked last. */
  takeErrors(): string[] {
    keepOutput(this.output);
    const errors = this.output.split('\n').filter((line) => line.includes('"request failed"'));
    this.output = '';
    return errors;
  }

  /** The status of `/health/ready`; rejects where nobody listens. */
  async readiness(): Promise<number> {
    return this.probe('ready');
  }

  async liveness(): Promise<number> {
    return this.probe('live');
  }

  /** One figure of `/metrics`, by its whole name with labels. */
  async metric(name: string): Promise<number> {
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
    const text = await (await fetch(`${this.url}/metrics`, { headers })).text();
    const line = text.split('\n').find((each) => each.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1));
  }

  signal(signal: NodeJS.Signals): void {
    this.isEndWanted = true;
    this.child.kill(signal);
  }

  /** Ends it as operators do. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    this.signal('SIGTERM');
    await this.exit;
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async probe(name: string): Promise<number> {
    const { status, body } = await fetch(`${this.url}/health/${name}`, {
      signal: AbortSignal.timeout(10_000),
    });
    await body?.cancel();
    return status;
  }
}
