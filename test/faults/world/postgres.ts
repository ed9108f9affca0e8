import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedServer } from '../../../src/local/embedded-server.js';
import type { TestDatabase } from '../../support/database.js';
import { databaseOn } from '../../support/own-server.js';
import { serverFolder } from '../../support/server-folder.js';

/** A PostgreSQL of the faults' own, with fsync, since it is killed. */
export class Postgres {
  private constructor(
    private readonly folder: string,
    private server: EmbeddedServer,
    readonly database: TestDatabase,
  ) {}

  static async start(): Promise<Postgres> {
    const folder = await serverFolder();
    const server = await launch(folder);
    return new Postgres(folder, server, await databaseOn(server));
  }

  /** As the loss of its machine would end it. */
  kill(): void {
    this.server.kill();
  }

  /** Resolves once it answers again, at the address it had. */
  async startAgain(): Promise<void> {
    const { port } = this.server;
    this.server = await launch(this.folder, port);
    if (this.server.port !== port) throw new Error(`Somebody took port ${port} in the meantime`);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const launch = (folder: string, port?: number) =>
  EmbeddedServer.start({
    dataDir: join(folder, 'data'),
    superuserPassword: 'test',
    durable: true,
    settings: { max_connections: 200 },
    ...(port !== undefined && { port }),
  });
