import { CONFIG_ERROR_EXIT_CODE, ConfigError } from '../config/index.js';
import { unwrapDrizzle } from '../database/index.js';
import { MigrationError } from '../migrations/index.js';

/** A command ends with 1 after it has said why itself. */
export class Failed extends Error {}

const FAILED = 1;

/** Wraps a command: what it throws is told in words and becomes the exit code. */
export const reporting =
  <A extends unknown[]>(command: (...args: A) => Promise<void>) =>
  async (...args: A): Promise<void> => {
    try {
      await command(...args);
    } catch (error) {
      console.error(inWords(error));
      process.exitCode = codeOf(error);
    }
  };

function codeOf(error: unknown): number {
  if (error instanceof MigrationError) return error.exitCode;
  return error instanceof ConfigError ? CONFIG_ERROR_EXIT_CODE : FAILED;
}

function inWords(thrown: unknown): unknown {
  const error = unwrapDrizzle(thrown);
  if (error instanceof ConfigError || error instanceof Failed) return error.message;
  if (error instanceof MigrationError) return error.inWords();
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
