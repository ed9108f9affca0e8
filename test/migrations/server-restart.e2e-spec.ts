import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EmbeddedServer } from '../../src/local/embedded-server.js';
import { ExitCode, migrate } from '../../src/migrations/index.js';
import { eventually } from '../support/eventually.js';
import { StepFolder } from '../support/migrations.js';
import { databaseOn } from '../support/own-server.js';
import type { TestDatabase } from '../support/database.js';
import { serverFolder } from '../support/server-folder.js';

/** A server of its own, since it is killed. */
describe('PostgreSQL killed with -9 in the middle of a migration', () => {
  let path: string;
  let server: EmbeddedServer;
  let database: TestDatabase;
  let folder: StepFolder;
  const start = (port?: number) =>
    EmbeddedServer.start({
      dataDir: join(path, 'data'),
      superuserPassword: 'test',
      durable: true,
      ...(port && { port }),
    });
  beforeAll(async () => {
    path = await serverFolder();
    server = await start();
    folder = await StepFolder.create({ '0000_a': 'CREATE TABLE a (id int);' });
    database = await databaseOn(server, 'rowhouse', folder.path);
  });
  afterAll(async () => {
    await server.stop();
    await folder.remove();
    await rm(path, { recursive: true, force: true });
  });

  const run = () => migrate({ connectionString: database.migratorUrl }, { folder: folder.path });
  const restart = async () => {
    const { port } = server;
    server.kill();
    await server.stop();
    server = await start(port);
  };
  const sleeping = () =>
    eventually(async () => {
      const { rowCount } = await database.query(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'`,
      );
      expect(rowCount).toBe(1);
    });

  it.each([
    ['in a transactional step', ''],
    ['in a step without a transaction', '-- rowhouse:no-transaction\n'],
  ])('%s: the run says so, and the next one finishes', async (kind, directive) => {
    const tag = directive === '' ? '0001_slow' : '0002_slow';
    const sql = (seconds: number) =>
      `${directive}INSERT INTO a VALUES (1);\nDO $$ BEGIN PERFORM pg_sleep(${seconds}); END $$;`;
    await folder.add(tag, sql(60));
    const result: Promise<unknown> = run().catch((error: unknown) => error);
    await sleeping();
    await restart();
    expect(await result).toMatchObject({
      exitCode: ExitCode.SQL_ERROR,
      message: expect.stringContaining('The connection was lost'),
      details: { tag, remedy: expect.stringContaining('db:migrate" again') },
    });
    await folder.write(tag, sql(0));
    const before = (await database.query('SELECT 1 FROM a')).rowCount ?? 0;
    expect(await run()).toEqual({ applied: [tag] });
    // The step without a transaction had its first statement recorded already.
    const added = kind.includes('without') ? 0 : 1;
    expect((await database.query('SELECT 1 FROM a')).rowCount).toBe(before + added);
  });
});
