import { CONFIG_ERROR_EXIT_CODE, ConfigError } from './config/index.js';
import { DatabaseError } from './database/index.js';
import { MigrationError } from './migrations/index.js';

const FAILED = 1;

/**
 * Says in words why the start failed and ends the process: 2 for the configuration, 8 for broken walls between tenants, 1
 * for everything else.
 */
export function failStart(error: unknown): never {
  console.error(inWords(error));
  if (error instanceof MigrationError) process.exit(error.exitCode);
  process.exit(error instanceof ConfigError ? CONFIG_ERROR_EXIT_CODE : FAILED);
}

function inWords(error: unknown): unknown {
  if (error instanceof MigrationError) return error.inWords();
  if (error instanceof ConfigError || error instanceof DatabaseError) return error.message;
  return isListenError(error) ? `${error.message}. ${CANNOT_LISTEN}` : error;
}

const CANNOT_LISTEN = 'Stop what listens there, or choose another address by PORT and HOST: PORT=3001';

/** The port is taken, or not ours to take; the system's message says which. */
const isListenError = (error: unknown): error is Error =>
  error instanceof Error && 'syscall' in error && error.syscall === 'listen';
