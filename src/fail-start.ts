import { CONFIG_ERROR_EXIT_CODE, ConfigError } from './config/index.js';
import { DatabaseError } from './database/index.js';

const FAILED = 1;

/** Says in words why the start failed and ends the process: 2 for the configuration, 1 for everything else. */
export function failStart(error: unknown): never {
  const isExpected = error instanceof ConfigError || error instanceof DatabaseError || isListenError(error);
  console.error(isExpected ? (error as Error).message : error);
  process.exit(error instanceof ConfigError ? CONFIG_ERROR_EXIT_CODE : FAILED);
}

/** The port is taken, or not ours to take; the system's message says which. */
const isListenError = (error: unknown) =>
  error instanceof Error && 'syscall' in error && error.syscall === 'listen';
