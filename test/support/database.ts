import { randomBytes } from 'node:crypto';
import type { QueryResult, QueryResultRow } from 'pg';
import { grantDatabase, withClient } from '../../src/migrations/index.js';
import { type ServerInfo, urlOf } from './server-info.js';

/** A migrated database of one suite. */
export interface TestDatabase {
  name: string;
  tenantUrl: string;
  controlUrl: string;
  migratorUrl: string;
  adminUrl: string;
  /** Runs as superuser, past every wall. */
  query(text: string, values?: unknown[]): Promise<QueryResult<QueryResultRow>>;
  drop(): Promise<void>;
}

/** Clones the template: milliseconds instead of migrating. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const info = JSON.parse(process.env['ROWHOUSE_TEST_SERVER'] ?? '') as ServerInfo;
  const name = `rowhouse_test_${randomBytes(6).toString('hex')}`;
  const adminUrl = urlOf(info, name);
  await onServer(info, `CREATE DATABASE ${name} TEMPLATE ${info.template}`);
  await withClient({ connectionString: adminUrl }, grantDatabase);
  return {
    name,
    adminUrl,
    tenantUrl: urlOf(info, name, 'app'),
    controlUrl: urlOf(info, name, 'control'),
    migratorUrl: urlOf(info, name, 'migrator'),
    query: (text, values) => withClient({ connectionString: adminUrl }, (admin) => admin.query(text, values)),
    drop: () => onServer(info, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** One at a time on the whole server: PostgreSQL refuses a template that another session is cloning. */
const onServer = (info: ServerInfo, statement: string): Promise<void> =>
  withClient({ connectionString: info.adminUrl }, async (admin) => {
    await admin.query('SELECT pg_advisory_lock(7602103)');
    await admin.query(statement);
  });
