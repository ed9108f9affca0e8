import { describe } from '@jest/globals';
import type { TestDatabase } from '../../src/testing/test-database.js';

/** globalSetup's PgBouncer, where `TEST_POOLER=pgbouncer` asks for one. */
const poolerPort = (): string | undefined => process.env['ROWHOUSE_TEST_POOLER'];

/** What a pooler in transaction mode cannot do by its nature. */
export const describeDirectly = poolerPort() === undefined ? describe : describe.skip;

/** The logins of the service go through the pooler; the others, and `isDirect`, past it. */
export const pooled = (database: TestDatabase): TestDatabase => {
  const port = poolerPort();
  if (port === undefined) return database;
  const through = (url: string) => Object.assign(new URL(url), { hostname: '127.0.0.1', port }).href;
  return { ...database, tenantUrl: through(database.tenantUrl), controlUrl: through(database.controlUrl) };
};

/** What docs/pgbouncer.md says to set. */
export function pooledEnvironment({ controlUrl, adminUrl }: TestDatabase): Record<string, string> {
  if (poolerPort() === undefined || new URL(controlUrl).port !== poolerPort()) return {};
  const { hostname, port } = new URL(adminUrl);
  const direct = Object.assign(new URL(controlUrl), { hostname, port }).href;
  return { DATABASE_PREPARED_STATEMENTS: 'false', LISTEN_DATABASE_URL: direct };
}
