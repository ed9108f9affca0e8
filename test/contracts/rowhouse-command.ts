import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { keepOutput } from '../support/test-logs.js';

const BUILT = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface CommandRun {
  code: number | null;
  out: string;
  err: string;
}

export interface Server {
  url: string;
  apiKey: string;
}

/** A command as a pipeline runs it, with the server in the environment and something on its standard input. */
export async function rowhouse(
  { url, apiKey }: Server,
  args: string[],
  { input = '', cli = BUILT }: { input?: string; cli?: string } = {},
): Promise<CommandRun> {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { PATH: process.env['PATH'], ROWHOUSE_URL: url, ROWHOUSE_API_KEY: apiKey },
  });
  const run: CommandRun = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => (run.out += chunk));
  child.stderr.on('data', (chunk) => (run.err += chunk));
  // A command that was called in the wrong way ends before it reads.
  child.stdin.on('error', () => undefined).end(input);
  [run.code] = (await once(child, 'close')) as [number | null];
  keepOutput(run.out + run.err);
  return run;
}
