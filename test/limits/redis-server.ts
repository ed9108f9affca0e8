import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Is there a `redis-server` to test with? Says so loudly where there is none; with REQUIRE_REDIS=1 the tests run and fail. */
export function hasRedis(): boolean {
  if (process.env['REQUIRE_REDIS'] === '1' || spawnSync('redis-server', ['--version']).status === 0)
    return true;
  process.stderr.write(
    '\nNOT TESTED: limits shared by Redis. No redis-server in PATH; REQUIRE_REDIS=1 makes this a failure.\n\n',
  );
  return false;
}

/** A real Redis on a port of its own, which keeps nothing, and can be stopped, killed and started again. */
export class RedisServer {
  private child!: ChildProcess;

  private constructor(readonly port: number) {}

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.run();
    return server;
  }

  get url(): string {
    return `redis://:secret@127.0.0.1:${this.port}/0`;
  }

  async run(): Promise<void> {
    const args = `--port ${this.port} --bind 127.0.0.1 --save  --appendonly no --requirepass secret`.split(
      ' ',
    );
    this.child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const chunk of this.child.stdout!) if (String(chunk).includes('Ready to accept')) break;
  }

  async signal(name: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    this.child.kill(name);
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
