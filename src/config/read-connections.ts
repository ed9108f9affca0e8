import { readCertificate } from './certificate.js';
import type { DatabaseConnection } from './config.js';
import { readDatabaseUrl } from './database-url.js';
import type { Environment } from './environment.js';

/** What both readers of it say where it is not set. */
export const MIGRATION_URL_MISSING =
  'MIGRATION_DATABASE_URL is missing: this command connects as rowhouse_migrator. ' +
  '"npm run db:bootstrap -- <URL of an administrator>" prints it; the one of "npm start" is in .rowhouse/env ' +
  '(npx node --env-file=.rowhouse/env dist/cli.js db:status)';

type UrlVariable = 'DATABASE_URL' | 'CONTROL_DATABASE_URL' | 'LISTEN_DATABASE_URL' | 'MIGRATION_DATABASE_URL';

/** The connections of those variables that are set; what is wrong with the others is added to `problems`. */
export function readConnections(
  environment: Environment,
  variables: UrlVariable[],
  problems: string[],
): Partial<Record<UrlVariable, DatabaseConnection>> {
  const connections: Partial<Record<UrlVariable, DatabaseConnection>> = {};
  const options = {
    isProduction: environment.NODE_ENV === 'production',
    readCertificate,
    ca: readCa(environment, problems),
  };
  for (const name of variables) {
    const url = environment[name];
    if (url === undefined) continue;
    const reading = readDatabaseUrl(url, options);
    if ('connection' in reading) connections[name] = reading.connection;
    else problems.push(...reading.problems.map((problem) => `${name} ${problem}`));
  }
  return connections;
}

function readCa({ DATABASE_CA: path }: Environment, problems: string[]): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readCertificate(path);
  } catch {
    problems.push('DATABASE_CA is not a readable PEM file');
    return undefined;
  }
}
