import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedServer } from './embedded-server.js';

export interface EphemeralServer {
  server: EmbeddedServer;
  major: number;
  /** Stops it and removes its files. */
  stop(): Promise<void>;
}

const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A PostgreSQL of this major in a temporary folder, empty and not durable, for as long as this process needs one.
 * @throws Error in words where that major is not installed, or does not start.
 */
export async function serverOfMajor(
  major: number,
  settings?: Record<string, string | number>,
): Promise<EphemeralServer> {
  const folder = await mkdtemp(join(tmpdir(), 'rowhouse-ephemeral-'));
  // Where we are root the server runs as another user, who must be able to enter.
  await chmod(folder, 0o711);
  const remove = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 };
  let server: EmbeddedServer;
  try {
    server = await EmbeddedServer.start({
      dataDir: join(folder, 'postgres'),
      superuserPassword: randomBytes(18).toString('base64url'),
      major,
      durable: false,
      ...(settings && { settings }),
    });
  } catch (error) {
    await rm(folder, remove);
    throw error;
  }
  // It runs in a process group of its own: Ctrl-C reaches us only.
  const abandon = (signal: NodeJS.Signals) => {
    server.kill();
    rmSync(folder, remove);
    process.kill(process.pid, signal);
  };
  for (const signal of STOPPING) process.once(signal, abandon);
  return {
    server,
    major,
    stop: async () => {
      for (const signal of STOPPING) process.off(signal, abandon);
      await server.stop();
      await rm(folder, remove);
    },
  };
}
