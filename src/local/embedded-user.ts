import { execFileSync, spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

interface Account {
  uid: number;
  gid: number;
}

/** How the server's programs are run, and whom their files must belong to (undefined: us). */
export interface Launcher {
  account: Account | undefined;
  spawn(program: string, args: string[], stdio: StdioOptions, detached?: boolean): ChildProcess;
}

/**
 * PostgreSQL refuses to run as root, so root runs it as the owner of an existing data directory, else as `postgres`,
 * else as `nobody`; everybody else runs it as themselves. `paths` are what that user must be able to reach.
 * @throws naming the folder whose permissions are in the way.
 */
export function findLauncher(dataDir: string, paths: string[]): Launcher {
  if (process.getuid?.() !== 0) return launcher(undefined, []);
  const account = ownerOf(dataDir) ?? accountOf('postgres') ?? accountOf('nobody');
  if (!account) throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody');
  // Below /root or a 0700 folder that user cannot even traverse, unless root lends it the right to (the first
  // suffices; containers usually withhold it, and have the second).
  const ways = [[], lending(account, 'dac_read_search'), lending(account, 'dac_override')];
  for (const prefix of ways) {
    if (paths.every((path) => reaches(account, prefix, path))) return launcher(account, prefix);
  }
  const culprit = firstUnreachable(account, paths);
  throw new Error(
    `PostgreSQL does not run as root, and user ${account.uid} cannot enter ${culprit}: run "chmod o+x ${culprit}", ` +
      'or move the project to a folder that everybody may enter.',
  );
}

function launcher(account: Account | undefined, prefix: string[]): Launcher {
  return {
    account,
    spawn(program, args, stdio, detached = false) {
      const [command = program, ...rest] = [...prefix, program, ...args];
      const identity = prefix.length === 0 ? account : undefined;
      return spawn(command, rest, { ...identity, env: serverEnvironment(), cwd: '/', stdio, detached });
    },
  };
}

/** Our own PGPORT, PGDATA or PGOPTIONS must not reach the server. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PG') && !name.startsWith('LC_'),
  );
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}

function lending({ uid, gid }: Account, capability: string): string[] {
  const caps = `-all,+${capability}`;
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  // Without this bit access(2) ignores lent capabilities, and PostgreSQL checks its own program with access(2).
  identity.push('--securebits=+no_setuid_fixup');
  return ['setpriv', ...identity, `--inh-caps=${caps}`, `--ambient-caps=${caps}`, '--'];
}

function reaches(account: Account, prefix: string[], path: string): boolean {
  const [command, ...rest] = [...prefix, 'test', '-x', path];
  const identity = prefix.length === 0 ? account : undefined;
  return spawnSync(command, rest, { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

function firstUnreachable(account: Account, paths: string[]): string {
  const ancestors = (path: string): string[] => (path === '/' ? ['/'] : [...ancestors(dirname(path)), path]);
  const all = paths.flatMap(ancestors);
  return all.find((path) => !reaches(account, [], path)) ?? paths.join(', ');
}

function ownerOf(path: string): Account | undefined {
  if (!existsSync(path)) return undefined;
  const { uid, gid } = statSync(path);
  return uid === 0 ? undefined : { uid, gid };
}

function accountOf(name: string): Account | undefined {
  try {
    const id = (option: string) =>
      Number(execFileSync('id', [option, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}
