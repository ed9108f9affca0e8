import { CONFIG_ERROR_EXIT_CODE, ConfigError } from '../config/command-connections.js';
import { unwrapDrizzle } from '../database/database-errors.js';
import { ExitCode, MigrationError } from '../migrations/index.js';
import { Failed } from './failed.js';

/** Tells why a command failed, and sets the exit code. Loaded only then: most commands end well, and some must start fast. */
export function tellError(thrown: unknown, { json }: { json: boolean }): void {
  const error = unwrapDrizzle(thrown);
  process.exitCode = exitCodeOf(error);
  if (json) console.log(JSON.stringify({ error: inJson(error) }, null, 2));
  else console.error(inWords(error));
}

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
  if (!(error instanceof Error)) return error;
  if (error instanceof ConfigError || error instanceof Failed || isFolderInUse(error)) return error.message;
  if (isSqlError(error))
    return [`${error.message} (SQLSTATE ${error.code})`, error.detail, error.hint].filter(Boolean).join('\n');
  // A refused connection to a name with two addresses has its reasons inside, and no message.
  if (error instanceof AggregateError) return error.errors.map(inWords).join('\n');
  return 'syscall' in error ? error.message : error;
}

/** By its name: `local/` as a whole would have to be loaded for its class. */
const isFolderInUse = ({ name }: Error) => name === 'FolderInUse';

interface SqlError extends Error {
  code: string;
  detail?: string;
  hint?: string;
}

const isSqlError = (error: Error): error is SqlError => 'severity' in error && 'code' in error;
