import { readMigrationConnection } from '../config/command-connections.js';
import { invariants } from '../isolation.js';
import {
  dryRun,
  type DryRunReport,
  ExitCode,
  lockInWords,
  MigrationError,
  type TriedStatement,
} from '../migrations/index.js';
import { abortOnSignals } from './abort-on-signals.js';

interface Flags {
  /** Seconds. */
  statementTimeout?: string;
  outOfOrder?: boolean;
  json?: boolean;
}

export async function planMigration({ statementTimeout, outOfOrder, json = false }: Flags): Promise<void> {
  const connection = { ...readMigrationConnection(), application_name: 'rowhouse plan' };
  const { signal, release } = abortOnSignals();
  try {
    const statementTimeoutMs = readSeconds(statementTimeout);
    const report = await dryRun(connection, {
      statementTimeoutMs,
      allowOutOfOrder: outOfOrder,
      signal,
      invariants,
    });
    if (json) console.log(JSON.stringify(report, null, 2));
    else print(report);
  } finally {
    release();
  }
}

function print({ steps, notTried, keys, rows }: DryRunReport): void {
  for (const { tag, durationMs, statements } of steps) {
    console.log(`${tag}  ${ms(durationMs)}`);
    const touching = statements.filter(({ effects }) => effects.length > 0);
    for (const statement of touching) printStatement(statement, rows);
    const others = statements.length - touching.length;
    if (others > 0) console.log(`  ${untouching(others, touching.length > 0)}`);
  }
  for (const { tag, reason } of notTried) console.log(`${tag}  not tried: ${reason}`);
  for (const { tag, key } of keys) console.log(`${tag} destroys: db:migrate will ask for --confirm=${key}`);
  if (steps.length + notTried.length === 0) console.log('nothing is pending');
  else
    console.log(
      '\nAll of it was rolled back: nothing is changed. A lock is told where it is taken first; it is held to the end.',
    );
}

const untouching = (count: number, isOther: boolean) =>
  `${count} ${isOther ? 'other ' : ''}${count === 1 ? 'statement takes' : 'statements take'} no further lock on what was there before`;

const textWidth = 90;

function printStatement(
  { statement, text, durationMs, effects }: TriedStatement,
  rows: DryRunReport['rows'],
): void {
  const line = text.replaceAll(/\s+/g, ' ');
  const short = line.length > textWidth ? `${line.slice(0, textWidth - 1)}\u2026` : line;
  console.log(`  ${statement}. ${short}  ${ms(durationMs)}`);
  for (const { relation, lock, isDropped, isRewritten, rowsScanned, rowsChanged } of effects) {
    const told = [
      lock && lockInWords(lock),
      isDropped && 'dropped',
      isRewritten && 'written anew',
      rowsScanned !== undefined && `${rowsScanned} rows read`,
      rowsChanged !== undefined && `${rowsChanged} rows changed`,
    ].filter(Boolean);
    console.log(`     ${relation}${countOf(rows[relation])}: ${told.join(', ')}`);
  }
}

const countOf = (rows: DryRunReport['rows'][string] | undefined) =>
  rows ? ` (${rows.isExact ? '' : 'about '}${rows.count} rows)` : '';

const ms = (duration: number) => `${duration.toFixed(0)} ms`;

function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  throw new MigrationError(ExitCode.USAGE, `--statement-timeout takes seconds, not "${text}"`);
}
