import { appendFileSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestRun, testRun } from './test-run.js';
import { type Leak, findLeaks } from './leaks.js';

/** Everything the applications of a run log, at level `trace`, and what processes print; Jest's last act reads it. */
const folderOf = ({ id }: Pick<TestRun, 'id'>) => join('.rowhouse', 'test-logs', id);
const own = (kind: string) => {
  const folder = folderOf(testRun());
  mkdirSync(folder, { recursive: true });
  return join(folder, `${process.env['JEST_WORKER_ID'] ?? '0'}.${kind}`);
};
const noted = new Set<string>();
const MIN_SECRET_LENGTH = 24;

/** Where the applications of this worker log to. */
export const testLogFile = (): string => own('log');

/** What a process printed belongs to the logs as well. */
export const keepOutput = (output: string): void => appendFileSync(own('log'), output);

/** A credential that the tests used or were given: it must not be found in any log. */
export function noteSecret(secret: string): void {
  if (secret.length < MIN_SECRET_LENGTH || noted.has(secret)) return;
  noted.add(secret);
  appendFileSync(own('secrets'), `${secret}\n`);
}

/** Reads the logs of the whole run; removes them unless a credential was found. */
export function searchTestLogs(run: TestRun): { lines: number; leaks: Leak[] } {
  const folder = folderOf(run);
  mkdirSync(folder, { recursive: true });
  const read = (ending: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  const lines = read('.log');
  const leaks = findLeaks(lines, [...Object.values(run.passwords), ...read('.secrets')]);
  if (leaks.length === 0) rmSync(folder, { recursive: true });
  return { lines: lines.length, leaks };
}

/** What was logged under a request id so far. */
// oxlint-disable-next-line typescript/no-explicit-any -- a test reads whatever was logged
export const linesOf = (requestId: string): any[] =>
  readFileSync(testLogFile(), 'utf8')
    .split('\n')
    .filter((line) => line.includes(`"requestId":"${requestId}"`))
    .map((line) => JSON.parse(line));
