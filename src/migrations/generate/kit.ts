import { createRequire } from 'node:module';
import { stripVTControlCharacters } from 'node:util';
import type { Snapshot } from '../folder/snapshot.js';
import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';

/** What this room uses of `drizzle-kit/api`, which is CommonJS and typed loosely. */
export interface SchemaKit {
  generateDrizzleJson(schema: Record<string, unknown>, prevId?: string): Snapshot;
  /** The statements from one snapshot to the other. Asks in the terminal where something may have been renamed. */
  generateMigration(before: Snapshot, after: Snapshot): Promise<string[]>;
}

/**
 * In process, and never by spawning drizzle-kit: its `generate` exits with 0 on a question without a terminal, on a
 * syntax error and on a snapshot collision.
 * @throws MigrationError (USAGE) where the development dependencies are not installed.
 */
export function loadKit(): SchemaKit {
  try {
    return createRequire(import.meta.url)('drizzle-kit/api') as SchemaKit;
  } catch (cause) {
    throw new MigrationError(ExitCode.USAGE, 'drizzle-kit is not installed', {
      remedy: 'run "npm ci" without --omit=dev; this command is for development and CI',
      cause,
    });
  }
}

/**
 * Runs drizzle-kit's code, which ends the whole process where it finds two indexes or constraints of one name.
 * @throws MigrationError (USAGE) instead, with what it printed.
 */
export async function withoutExit<T>(work: () => T | Promise<T>): Promise<T> {
  const told: string[] = [];
  const exit = process.exit.bind(process);
  const shown = globalThis.console;
  process.exit = () => {
    const words = stripVTControlCharacters(told.join(' ')).replaceAll(/\s+/g, ' ').trim();
    throw new MigrationError(ExitCode.USAGE, `drizzle-kit refuses the schema: ${words}`, {
      remedy: 'give one of the two another name in its *.schema.ts file',
    });
  };
  globalThis.console = Object.assign(Object.create(shown) as Console, {
    log: (...words: unknown[]) => void told.push(words.join(' ')),
  });
  try {
    return await work();
  } finally {
    process.exit = exit;
    globalThis.console = shown;
  }
}
