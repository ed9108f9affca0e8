import { CONFIG_ERROR_EXIT_CODE, ConfigError } from '../config/migration-url.js';
import { unwrapDrizzle } from '../database/database-errors.js';
import { ExitCode, MigrationError } from '../migrations/index.js';

/** A command ends with 1 after it has said why itself. */
export class Failed extends Error {}

/**
 * Wraps a command: what it throws is told in words on stderr, or with `--json` as an object on stdout, and becomes the
 * exit code. `load` brings the command's code only when it is run, so that a small one need not wait for all.
 */
export const reporting =
  <A extends unknown[]>(load: () => Promise<(...args: A) => Promise<void>>) =>
  async (...args: A): Promise<void> => {
    try {
      const command = await load();
      await command(...args);
    } catch (thrown) {
      const error = unwrapDrizzle(thrown);
      process.exitCode = exitCodeOf(error);
      if (args.some(asksForJson)) console.log(JSON.stringify({ error: inJson(error) }, null, 2));
      else console.error(inWords(error));
    }
  };

const asksForJson = (argument: unknown) =>
  typeof argument === 'object' && argument !== null && 'json' in argument && argument.json === true;

function exitCodeOf(error: unknown): number {
  if (error instanceof MigrationError) return error.exitCode;
  return error instanceof ConfigError ? CONFIG_ERROR_EXIT_CODE : ExitCode.SQL_ERROR;
}

function inJson(error: unknown): object {
  if (error instanceof MigrationError) return error.toJSON();
  return { exitCode: exitCodeOf(error), message: String(inWords(error)) };
}

function inWords(error: unknown): unknown {
  if (error instanceof MigrationError) return error.inWords();
  if (error instanceof ConfigError || error instanceof Failed) return error.message;
  if (!(error instanceof Error)) return error;
  if (isSqlError(error))
    return [`${error.message} (SQLSTATE ${error.code})`, error.detail, error.hint].filter(Boolean).join('\n');
  // A refused connection to a name with two addresses has its reasons inside, and no message.
  if (error instanceof AggregateError) return error.errors.map(inWords).join('\n');
  return 'syscall' in error ? error.message : error;
}

interface SqlError extends Error {
  code: string;
  detail?: string;
  hint?: string;
}

const isSqlError = (error: Error): error is SqlError => 'severity' in error && 'code' in error;
