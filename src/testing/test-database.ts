import { randomBytes } from 'node:crypto';
import { escapeIdentifier, type QueryResult, type QueryResultRow } from 'pg';
import { grantDatabase, withClient } from '../migrations/index.js';
import { type TestRun, testRun, urlFor } from './test-run.js';

/** A migrated database of a suite's own, with production's logins. */
export interface TestDatabase {
  name: string;
  /** As `rowhouse_app`. */
  tenantUrl: string;
  /** As `rowhouse_control`. */
  controlUrl: string;
  /** As `rowhouse_migrator`. */
  migratorUrl: string;
  /** As superuser. */
  adminUrl: string;
  /** Past every wall, as superuser, each call on a connection of its own. */
  query<R extends QueryResultRow = Record<string, unknown>>(
    text: string,
    values?: unknown[],
  ): Promise<QueryResult<R>>;
  /** Ends all its sessions first. */
  drop(): Promise<void>;
}

// CREATE DATABASE fails while another copies the same template.
const templateLock = 7_602_103;

/** A clone of the run's template; call `drop()` in afterAll. */
export async function createTestDatabase(run: TestRun = testRun()): Promise<TestDatabase> {
  const name = `rowhouse_suite_${run.id}_${randomBytes(4).toString('hex')}`;
  const adminUrl = urlFor(run.adminUrl, name);
  await withClient({ connectionString: run.adminUrl }, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [templateLock]);
    await admin.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(run.template)}`);
  });
  await withClient({ connectionString: adminUrl }, grantDatabase);
  const login = (role: keyof typeof run.passwords) =>
    urlFor(run.adminUrl, name, { user: `rowhouse_${role}`, password: run.passwords[role] });
  return {
    name,
    tenantUrl: login('app'),
    controlUrl: login('control'),
    migratorUrl: login('migrator'),
    adminUrl,
    query: <R extends QueryResultRow>(text: string, values?: unknown[]) =>
      withClient({ connectionString: adminUrl }, (client) => client.query<R>(text, values)),
    drop: () =>
      withClient({ connectionString: run.adminUrl }, async (admin) => {
        await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
      }),
  };
}
