import { createHmac, randomBytes } from 'node:crypto';
import { type Client, escapeIdentifier } from 'pg';
import { bootstrapDatabase, bootstrapRoles, migrate, withClient } from '../migrations/index.js';
import { urlFor, type TestRun } from './test-run.js';

/**
 * Bootstraps the roles, and a database that every suite clones: bootstrapped and migrated as production is. `further`: SQL that
 * an administrator runs in it before the steps.
 */
export async function migratedTemplate(adminUrl: string, further = ''): Promise<TestRun> {
  const id = `${Date.now().toString(36)}${randomBytes(3).toString('hex')}`;
  // Roles belong to the whole server: derived passwords let two runs share a given one.
  const password = (role: string) => createHmac('sha256', adminUrl).update(role).digest('base64url');
  const passwords = { migrator: password('migrator'), app: password('app'), control: password('control') };
  const major = await withClient({ connectionString: adminUrl }, majorOf);
  const run: TestRun = { id, adminUrl, major, template: `rowhouse_template_${id}`, passwords };
  await withClient({ connectionString: adminUrl }, async (admin) => {
    await bootstrapRoles(admin, passwords);
    await admin.query(`CREATE DATABASE ${escapeIdentifier(run.template)}`);
  });
  await withClient({ connectionString: urlFor(adminUrl, run.template) }, async (admin) => {
    await bootstrapDatabase(admin);
    await admin.query(further);
  });
  const migrator = { user: 'rowhouse_migrator', password: passwords.migrator };
  // The walls of it are looked at by `describeIsolation`: Node alone cannot load the tables, with their decorators, here.
  const connectionString = urlFor(adminUrl, run.template, migrator);
  // Nothing of it needs a second key.
  await migrate({ connectionString }, { criticalFindings: async () => [] });
  return run;
}

async function majorOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
  return Math.floor(Number(rows[0]?.server_version_num) / 10_000);
}

/** Drops the template, and the clones of suites that were killed before they could. */
export async function dropRunDatabases({ id, adminUrl }: TestRun): Promise<void> {
  await withClient({ connectionString: adminUrl }, async (admin) => {
    const { rows } = await admin.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE datname LIKE $1',
      [`rowhouse\\_%\\_${id}%`],
    );
    for (const { datname } of rows) {
      await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(datname)} WITH (FORCE)`);
    }
  });
}
