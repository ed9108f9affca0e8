import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { SqlFixture } from '../../../../src/migrations/lint/fixture.js';

const program = join(import.meta.dirname, '../../../../node_modules/.bin/squawk');

/** The names of squawk's rules that each step breaks, in the order of the steps. */
export async function askSquawk(steps: SqlFixture[]): Promise<Set<string>[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rowhouse-squawk-'));
  try {
    const alone = steps.map(({ sql }) => sql.includes('rowhouse:no-transaction'));
    await Promise.all(
      steps.map(({ sql }, index) => writeFile(join(folder, nameOf(index, alone[index] ?? false)), sql)),
    );
    const found = [
      ...(await run([join(folder, '*-step.sql'), '--assume-in-transaction'])),
      ...(await run([join(folder, '*-alone.sql')])),
    ];
    return steps.map((_, index) => {
      const name = nameOf(index, alone[index] ?? false);
      return new Set(found.filter(({ file }) => basename(file) === name).map((each) => each.rule_name));
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const nameOf = (index: number, isAlone: boolean) => `${index}-${isAlone ? 'alone' : 'step'}.sql`;

interface Opinion {
  file: string;
  rule_name: string;
}

/** It ends with 1 where it found something. */
const run = (args: string[]): Promise<Opinion[]> =>
  new Promise((resolve, reject) => {
    const options = ['--reporter', 'json', '--pg-version', '15', '--no-error-on-unmatched-pattern'];
    execFile(program, [...options, ...args], { maxBuffer: 32 * 1024 * 1024 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Opinion[]);
      } catch (cause) {
        reject(new Error(`squawk said no JSON: ${stderr}${error?.message ?? ''}`, { cause }));
      }
    });
  });
