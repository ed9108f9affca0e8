import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { findBinaries, type Binaries } from './embedded-binaries.js';
import { lockFolder } from './embedded-lock.js';
import { processCommand } from './embedded-process.js';
import { findLauncher, type Launcher } from './embedded-user.js';

/** Creates the cluster beside its place and renames it, so that a kill in the middle leaves no half of one. */
export async function createCluster(
  { initdb, major }: Binaries,
  launcher: Launcher,
  dataDir: string,
  superuserPassword: string,
  durable: boolean,
): Promise<void> {
  const unfinished = `${dataDir}.new`;
  const passwordFile = `${dataDir}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  const { account } = launcher;
  if (account) for (const path of [unfinished, passwordFile]) chownSync(path, account.uid, account.gid);
  try {
    // The builtin provider sorts alike on every machine, whatever locales are installed; before 17 plain C did.
    const builtin = major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
    const locale = ['--encoding=UTF8', '--locale=C', ...builtin];
    const login = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    const rest = ['--no-instructions', ...(durable ? [] : ['--no-sync'])];
    await run(launcher, initdb, [`--pgdata=${unfinished}`, ...locale, ...login, ...rest]);
    // An empty folder may stand there already, for example a mounted one that was prepared by hand.
    if (existsSync(dataDir)) rmSync(dataDir, { recursive: true });
    renameSync(unfinished, dataDir);
    chmodSync(dataDir, 0o700);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * Stops the postmaster that a killed holder of the folder left behind, and forgets one whose process id now belongs
 * to another program. A dead postmaster's file stays: PostgreSQL reads from it which shared memory to look after.
 */
export async function stopOrphan(
  { pg_ctl }: Binaries,
  launcher: Launcher,
  dataDir: string,
): Promise<boolean> {
  const pidFile = `${dataDir}/postmaster.pid`;
  if (!existsSync(pidFile)) return false;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n', 1)[0]);
  if (processCommand(pid)?.includes(`-D ${dataDir} `)) {
    await run(launcher, pg_ctl, ['stop', '-D', dataDir, '-m', 'fast', '-w', '-t', '60']);
    return true;
  }
  if (isAlive(pid)) rmSync(pidFile, { force: true });
  return false;
}

/**
 * Stops the server in `dataDir` and removes its whole folder, if the process that held it was killed.
 * A folder without a lock file is left alone: it may belong to a run that is about to take the lock.
 * @throws FolderInUse while the holder lives.
 */
export async function removeAbandonedServer(dataDir: string): Promise<void> {
  if (!existsSync(join(dirname(dataDir), 'lock'))) return;
  const lock = lockFolder(dirname(dataDir));
  const binaries = await findBinaries();
  if (existsSync(dataDir))
    await stopOrphan(binaries, findLauncher(dataDir, [binaries.pg_ctl, dataDir]), dataDir);
  rmSync(dirname(dataDir), { recursive: true, force: true });
  lock.release();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function run(launcher: Launcher, program: string, args: string[]): Promise<void> {
  const child = launcher.spawn(program, args, ['ignore', 'pipe', 'pipe']);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} failed (exit code ${code}):\n${output.trim()}`);
}
