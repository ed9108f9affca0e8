import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError } from './config-error.js';
import type { DatabaseConnection } from './config.js';
import type { Environment } from './environment.js';
import { MIGRATION_URL_MISSING, readConnections } from './read-connections.js';

export { CONFIG_ERROR_EXIT_CODE, ConfigError } from './config-error.js';

/**
 * Where commands connect as `rowhouse_migrator`: from the environment, then from `.env`. This file is a door of its own:
 * the whole configuration loads six hundred modules to validate variables that these commands do not use, and
 * `db:status` answers within 300 ms.
 * @throws ConfigError with everything that is wrong.
 */
export function readMigrationConnection(environment: NodeJS.ProcessEnv = process.env): DatabaseConnection {
  const connection = readConnection('MIGRATION_DATABASE_URL', environment);
  if (!connection) throw new ConfigError([MIGRATION_URL_MISSING]);
  return connection;
}

/**
 * Where the service connects as its tenant login, for commands that ask as it would; undefined where that is not set.
 * @throws ConfigError with everything that is wrong.
 */
export const readServiceConnection = (
  environment: NodeJS.ProcessEnv = process.env,
): DatabaseConnection | undefined => readConnection('DATABASE_URL', environment);

/**
 * Where the service connects as its login of the control plane.
 * @throws ConfigError with everything that is wrong.
 */
export function readControlConnection(environment: NodeJS.ProcessEnv = process.env): DatabaseConnection {
  const connection = readConnection('CONTROL_DATABASE_URL', environment);
  if (!connection) throw new ConfigError(['CONTROL_DATABASE_URL is missing: it is that of the service']);
  return connection;
}

function readConnection(
  variable: 'DATABASE_URL' | 'CONTROL_DATABASE_URL' | 'MIGRATION_DATABASE_URL',
  environment: NodeJS.ProcessEnv,
): DatabaseConnection | undefined {
  const env = { ...(environment['NODE_ENV'] === 'test' ? {} : environmentFile()), ...environment };
  const problems: string[] = [];
  const connections = readConnections(env as unknown as Environment, [variable], problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return connections[variable];
}

function environmentFile(): NodeJS.ProcessEnv {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new ConfigError(['The file .env exists but cannot be read']);
  }
}
