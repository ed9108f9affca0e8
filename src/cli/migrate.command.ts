import { readMigrationConnection } from '../config/command-connections.js';
import { invariants } from '../isolation.js';
import { ExitCode, migrate, MigrationError } from '../migrations/index.js';
import { abortOnSignals } from './abort-on-signals.js';
import { askAtTerminal } from './ask-at-terminal.js';
import { display } from './migration-display.js';

export interface MigrateFlags {
  confirm?: string[];
  /** Seconds. */
  lockTimeout?: string;
  outOfOrder?: boolean;
  json?: boolean;
}

export async function migrateDatabase(flags: MigrateFlags): Promise<void> {
  const { confirm, outOfOrder, json = false } = flags;
  const lockDeadlineMs = readSeconds(flags.lockTimeout);
  const connection = readMigrationConnection();
  const { signal, release } = abortOnSignals();
  const { onEvent, clear } = display({ isSilent: json });
  try {
    const { applied } = await migrate(
      { ...connection, application_name: 'rowhouse migrate' },
      {
        confirm,
        allowOutOfOrder: outOfOrder,
        lockDeadlineMs,
        signal,
        onEvent,
        ask: askAtTerminal(json, signal),
        invariants,
      },
    );
    clear();
    if (json) console.log(JSON.stringify({ applied }));
    else if (applied.length === 0) console.log('nothing to do');
  } finally {
    clear();
    release();
  }
}

function readSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  throw new MigrationError(ExitCode.USAGE, `--lock-timeout takes seconds, not "${text}"`, {
    remedy: 'npm run db:migrate -- --lock-timeout 120',
  });
}
