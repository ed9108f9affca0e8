import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';

/** Debian's package; where it is not installed its tests are skipped. */
export const hasPgbouncer =
  process.env['REQUIRE_PGBOUNCER'] === '1' || spawnSync('pgbouncer', ['--version']).status === 0;

/** A real PgBouncer before a server, for as long as a test needs it. */
export class Pgbouncer {
  #child!: ChildProcess;
  readonly #folder: string;
  readonly port: number;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  /** For the logins of these URLs, of one server. */
  static async start(
    url: string | string[],
    mode: 'session' | 'transaction',
    settings: Record<string, string | number> = {},
    connectionSettings = '',
  ): Promise<Pgbouncer> {
    const logins = [url].flat().map((each) => new URL(each));
    const { hostname, port: serverPort } = logins[0]!;
    const folder = await mkdtemp(join(tmpdir(), 'rowhouse-pgbouncer-'));
    await chmod(folder, 0o755);
    const port = await freePort();
    const all = {
      listen_addr: '127.0.0.1',
      listen_port: port,
      unix_socket_dir: '',
      auth_type: 'plain',
      auth_file: join(folder, 'users.txt'),
      pool_mode: mode,
      ignore_startup_parameters: 'extra_float_digits',
      ...settings,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
    await writeFile(
      join(folder, 'pgbouncer.ini'),
      `[databases]\n* = host=${hostname} port=${serverPort} ${connectionSettings}\n[pgbouncer]\n${lines.join('\n')}\n`,
    );
    const users = logins.map(({ username, password }) => `"${username}" "${decodeURIComponent(password)}"\n`);
    await writeFile(join(folder, 'users.txt'), users.join(''));
    const pooler = new Pgbouncer(folder, port);
    await pooler.run();
    return pooler;
  }

  /** As docs/pgbouncer.md says, but for where it listens and what it stands before. */
  static async asDocumented(urls: string[]): Promise<Pgbouncer> {
    const page = await readFile('docs/pgbouncer.md', 'utf8');
    const [, databases = '', pgbouncer = ''] =
      /^\[databases\]\n(.*)\n\[pgbouncer\]\n(.*?)^```/ms.exec(page) ?? [];
    const settings = Object.fromEntries(
      [...pgbouncer.matchAll(/^(\w+) = (.*)$/gm)].map(([, name, value]) => [name!, value!]),
    );
    const { pool_mode: mode, listen_addr: _, listen_port: __, auth_file: ___, ...others } = settings;
    return Pgbouncer.start(urls, mode as 'transaction', others, /connect_query=.*/.exec(databases)?.[0]);
  }

  /** Again, after `kill()`. */
  async run(): Promise<void> {
    // It refuses to run as root.
    const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
    this.#child = spawn('pgbouncer', [...user, join(this.#folder, 'pgbouncer.ini')], { stdio: 'ignore' });
    await eventually(() => accepts(this.port), 10_000);
  }

  /** The same login and database, through the pooler. */
  through(url: string): string {
    return Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(this.port) }).href;
  }

  async kill(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
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

async function accepts(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}
