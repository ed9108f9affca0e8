import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchDatabase } from './database.js';
import { median } from './statistics.js';
import { rowhouseEnvironment } from './variants.js';

const POLL_MS = 5;
const DEADLINE_MS = 30_000;

/** From `node main.js` to the first 200 of `/health/ready`, in milliseconds; the same sources that `dist/` has. */
export async function measureStartup(
  database: BenchDatabase,
  starts: number,
): Promise<{ medianMs: number; allMs: number[] }> {
  const allMs: number[] = [];
  for (let count = 0; count < starts; count++) allMs.push(await startOnce(database, await freePort()));
  return { medianMs: median(allMs), allMs };
}

async function startOnce(database: BenchDatabase, port: number): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.js')], {
    env: {
      PATH: process.env['PATH'],
      ...rowhouseEnvironment(database, database.port, database.port),
      PORT: String(port),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error(`main.js ended with code ${child.exitCode}`);
      if (performance.now() - startedAt > DEADLINE_MS) throw new Error('Rowhouse does not get ready');
      await sleep(POLL_MS);
    }
    return Math.round(performance.now() - startedAt);
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

const isReady = (port: number) =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status === 200;
    },
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
