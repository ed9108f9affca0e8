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
  const env = { ...(environment['NODE_ENV'] === 'test' ? {} : environmentFile()), ...environment };
  const problems: string[] = [];
  const { MIGRATION_DATABASE_URL: connection } = readConnections(
    env as unknown as Environment,
    ['MIGRATION_DATABASE_URL'],
    problems,
  );
  if (env['MIGRATION_DATABASE_URL'] === undefined) problems.push(MIGRATION_URL_MISSING);
  if (problems.length > 0 || !connection) throw new ConfigError(problems);
  return connection;
}

function environmentFile(): NodeJS.ProcessEnv {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new ConfigError(['The file .env exists but cannot be read']);
  }
}
