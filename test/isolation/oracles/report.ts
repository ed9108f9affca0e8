import type { Noticed } from './fell-walls.js';
import { ORACLE_NAMES } from './oracles.js';
import type { Searched } from './search.js';

/** One line of a report: which oracle, under what, and what came of it. */
export interface Line {
  oracle: string;
  configuration: string;
  ms: number;
  searched: Searched;
}

/** Past Jest, which would put a stack trace under every line. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

export function printLine({ oracle, configuration, ms, searched: { programs, operations } }: Line): void {
  print(
    `  ${oracle} (${configuration}): ${operations} operations in ${programs} programs, ${Math.round(ms)} ms`,
  );
}

/** The figures of the whole run, for each oracle and in all. */
export function printTotals(lines: Line[], seed: number, major: number): void {
  print(`isolation oracles, PostgreSQL ${major}, seed ${seed}:`);
  const sum = (of: Line[], figure: (line: Line) => number) =>
    of.reduce((total, line) => total + figure(line), 0);
  for (const name of [...ORACLE_NAMES, 'all']) {
    const of = lines.filter(({ oracle }) => name === 'all' || oracle === name);
    const operations = sum(of, ({ searched }) => searched.operations);
    const programs = sum(of, ({ searched }) => searched.programs);
    const violations = of.filter(({ searched }) => searched.violation).length;
    const seconds = Math.round(sum(of, ({ ms }) => ms) / 1_000);
    print(
      `  ${name}: operations ${operations}, programs ${programs}, violations ${violations}, ${seconds} s`,
    );
  }
}

/** Of the OpenAPI document, as a tenant may call them. */
export function printRoutes({ all, called }: { all: number; called: number }): void {
  print(`  routes called over HTTP: ${called} of ${all}`);
}

/** Wall by oracle: after how many operations it was noticed that the wall was down. */
export function printNoticed(noticed: Noticed): void {
  print(`wall switched off | ${ORACLE_NAMES.join(' | ')}`);
  for (const [{ name }, row] of noticed) {
    const cells = ORACLE_NAMES.map((oracle) => (row.has(oracle) ? (row.get(oracle) ?? '-') : ''));
    print(`${name} | ${cells.join(' | ')}`);
  }
}
