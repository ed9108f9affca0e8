import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withClient } from '../migrations/index.js';
import { FolderInUse } from './embedded-lock.js';
import { processMark } from './embedded-process.js';
import { EmbeddedServer } from './embedded-server.js';

describe('the embedded server', () => {
  let folder: string;
  const started: EmbeddedServer[] = [];
  const children: ChildProcess[] = [];
  // mkdtemp makes the folder 0700: as root, the server's user can enter it only because it is lent the right to.
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rowhouse-test-embedded-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const server of started.splice(0)) await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });

  const start = async (steps: string[] = [], durable = false) => {
    const server = await EmbeddedServer.start({
      dataDir: join(folder, 'postgres'),
      superuserPassword: 'secret',
      durable,
      onStep: (text) => steps.push(text),
    });
    started.push(server);
    return server;
  };
  const ask = (server: EmbeddedServer, text: string) =>
    withClient({ connectionString: server.adminUrl() }, async (client) => (await client.query(text)).rows);
  const postmasterPid = () =>
    Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

  it('keeps its data and its port between starts', async () => {
    const first = await start();
    await ask(first, 'CREATE TABLE kept (a int)');
    await first.stop();
    const second = await start();
    expect(second.port).toBe(first.port);
    expect(await ask(second, 'SELECT * FROM kept')).toEqual([]);
  });

  it('takes another port when the one it remembers is taken', async () => {
    const first = await start();
    await first.stop();
    const other = createServer().listen(first.port, '127.0.0.1');
    await once(other, 'listening');
    const second = await start();
    other.close();
    expect(second.port).not.toBe(first.port);
  });

  it('listens on 127.0.0.1 alone and asks everybody for a password', async () => {
    const server = await start();
    expect(await ask(server, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const wrong = server.adminUrl().replace('secret', 'wrong');
    await expect(withClient({ connectionString: wrong }, async () => undefined)).rejects.toMatchObject({
      code: '28P01',
    });
  });

  it('recovers from kill -9 of the postmaster with everything that was committed', async () => {
    const first = await start([], true);
    await ask(first, 'CREATE TABLE kept (a int)');
    first.kill();
    const second = await start();
    expect(await ask(second, 'SELECT * FROM kept')).toEqual([]);
  });

  it('tells a second start who holds the folder', async () => {
    await start();
    await expect(start()).rejects.toThrow(FolderInUse);
    await expect(start()).rejects.toThrow(
      new RegExp(`in use by process ${process.pid}, running since 20\\d\\d-`),
    );
  });

  it('stops the server of a killed holder and ignores its lock', async () => {
    const first = await start();
    const orphan = postmasterPid();
    // As kill -9 of this process would leave it: the lock names a process that is gone, the server runs on.
    writeFileSync(
      join(folder, 'lock'),
      JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 'before', processStart: '1' }),
    );
    const steps: string[] = [];
    const second = await start(steps);
    expect(steps[0]).toContain('killed process had left behind');
    expect(postmasterPid()).not.toBe(orphan);
    expect(await ask(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await first.stop();
  });

  it('ignores a lock and a postmaster.pid whose process ids now belong to other programs', async () => {
    await (await start()).stop();
    const other = spawn('sleep', ['60'], { stdio: 'ignore' });
    children.push(other);
    const lock = { pid: other.pid, startedAt: 'before', processStart: `not ${processMark(other.pid ?? 0)}` };
    writeFileSync(join(folder, 'lock'), JSON.stringify(lock));
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${other.pid}\n${join(folder, 'postgres')}\n`);
    expect(await ask(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(other.exitCode).toBeNull();
  });

  it('starts over after a kill in the middle of creating the cluster', async () => {
    mkdirSync(join(folder, 'postgres.new'));
    writeFileSync(join(folder, 'postgres.new', 'half'), '');
    expect(await ask(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});
