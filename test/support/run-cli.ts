import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './child-environment.js';

const built = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface CliRun {
  code: number | null;
  /** stdout and stderr, as they came. */
  output: string;
}

/** A command as operators run it: `node dist/cli.js`. `pretest` builds it. Nobody is at a terminal. */
export async function runCli(
  args: string[],
  environment: Record<string, string> = {},
  { cli = built, cwd }: { cli?: string; cwd?: string } = {},
): Promise<CliRun> {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...childEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd !== undefined && { cwd }),
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
