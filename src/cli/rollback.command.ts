import { readMigrationConnection } from '../config/command-connections.js';
import { invariantsOfThePast } from '../isolation.js';
import { ExitCode, MigrationError, rollback } from '../migrations/index.js';
import { abortOnSignals } from './abort-on-signals.js';
import { askAtTerminal } from './ask-at-terminal.js';

interface Flags {
  steps?: string;
  to?: string;
  confirm?: string[];
  json?: boolean;
}

export async function rollBack({ steps, to, confirm, json = false }: Flags): Promise<void> {
  if (steps !== undefined && to !== undefined)
    throw new MigrationError(ExitCode.USAGE, '--steps and --to say two things: give one of them');
  const connection = { ...readMigrationConnection(), application_name: 'rowhouse rollback' };
  const { signal, release } = abortOnSignals();
  try {
    const ask = askAtTerminal(json, signal);
    const { rolledBack } = await rollback(connection, {
      steps: readCount(steps),
      to,
      confirm,
      signal,
      ask,
      invariants: invariantsOfThePast,
    });
    if (json) return console.log(JSON.stringify({ rolledBack }));
    for (const tag of rolledBack) console.log(`rolled back ${tag}`);
    if (rolledBack.length === 0) console.log('nothing to do');
  } finally {
    release();
  }
}

function readCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new MigrationError(ExitCode.USAGE, `--steps takes a number from 1, not "${text}"`);
}
