import type { ChildProcess } from 'node:child_process';
import { closeSync, fchownSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Launcher } from './embedded-user.js';

const fastSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** What the postmaster is started with. */
export interface LaunchOptions {
  dataDir: string;
  port: number;
  durable: boolean;
  settings: Record<string, string | number> | undefined;
}

/** Starts the postmaster, detached, logging to `postgres.log` beside its data. */
export function launchPostgres(
  launcher: Launcher,
  postgres: string,
  { dataDir, port, durable, settings }: LaunchOptions,
): ChildProcess {
  const local = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC' };
  const all = { ...local, ...(durable ? {} : fastSettings), ...settings };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A new file each time: the log of a server that is used for months must not grow for ever.
  rmSync(logFile(dataDir), { force: true });
  const log = openSync(logFile(dataDir), 'a', 0o600);
  if (launcher.account) fchownSync(log, launcher.account.uid, launcher.account.gid);
  const args = ['-D', dataDir, '-p', String(port), ...options];
  const child = launcher.spawn(postgres, args, ['ignore', log, log], true);
  closeSync(log);
  // A failure to start shows as an exit code as well; without a listener it would end this process.
  child.on('error', () => undefined);
  child.unref();
  return child;
}

/** The end of the log, for error messages. */
export const logTail = (dataDir: string): string =>
  readFileSync(logFile(dataDir), 'utf8').trim().split('\n').slice(-10).join('\n');

const logFile = (dataDir: string) => join(dirname(dataDir), 'postgres.log');
