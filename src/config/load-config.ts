import { ConfigError } from './config-error.js';
import type { Config, DatabaseConnection } from './config.js';
import { crossCheck } from './cross-check.js';
import { MIGRATION_URL_MISSING, readConnections } from './read-connections.js';
import { readEnvironment } from './read-environment.js';
import { toConfig } from './to-config.js';
import { readTokenIssuers } from './token-issuers.js';

/** The configuration of the service, frozen. Throws one {@link ConfigError} with everything that is wrong. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const { environment, problems } = readEnvironment(env);
  const connections = readConnections(
    environment,
    ['DATABASE_URL', 'CONTROL_DATABASE_URL', 'LISTEN_DATABASE_URL'],
    problems,
  );
  const issuers = readTokenIssuers(environment.JWT_ISSUERS, problems);
  problems.push(...crossCheck(environment, env));
  const {
    DATABASE_URL: tenant,
    CONTROL_DATABASE_URL: control,
    LISTEN_DATABASE_URL: listener = control,
  } = connections;
  if (tenant && control && tenant.user === control.user) {
    problems.push(
      'DATABASE_URL and CONTROL_DATABASE_URL share a login: each needs its own (npm run db:bootstrap)',
    );
  }
  if (problems.length > 0 || !tenant || !control || !listener) throw new ConfigError(problems);
  return deepFreeze(toConfig(environment, { tenant, control, listener }, issuers));
}

/** Where commands connect as `rowhouse_migrator`, frozen. Throws {@link ConfigError}, also for other bad variables. */
export function loadMigrationConnection(env: NodeJS.ProcessEnv): DatabaseConnection {
  const { environment, problems } = readEnvironment(env);
  const connections = readConnections(environment, ['MIGRATION_DATABASE_URL'], problems);
  const connection = connections.MIGRATION_DATABASE_URL;
  if (env['MIGRATION_DATABASE_URL'] === undefined) {
    problems.push(MIGRATION_URL_MISSING);
  }
  if (problems.length > 0 || !connection) throw new ConfigError(problems);
  return deepFreeze(connection);
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
