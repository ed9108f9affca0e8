import { randomBytes } from 'node:crypto';
import { ConfigError, type DatabaseConnection, loadMigrationConnection } from '../config/index.js';
import { bootstrapDatabase, bootstrapRoles, withClient } from '../migrations/index.js';
import { Failed } from './failed.js';
import { urlOfLogin } from './login-url.js';

/** The URLs go to stdout, so that they can be piped into a secret store; everything else to stderr. */
export async function bootstrap(argument: string | undefined): Promise<void> {
  const adminUrl = argument ?? process.env['ADMIN_DATABASE_URL'];
  if (!adminUrl)
    throw new ConfigError([
      'The admin URL is missing: give it as the argument or in ADMIN_DATABASE_URL, ' +
        'as postgres://<administrator>:<password>@<host>/<database>',
    ]);
  const passwords = { app: password(), control: password(), migrator: password() };
  const warnings = await withClient(
    { ...adminConnection(adminUrl), application_name: 'rowhouse bootstrap' },
    async (admin) => [...(await bootstrapRoles(admin, passwords)), ...(await bootstrapDatabase(admin))],
  ).catch(explainMissingDatabase);
  for (const warning of warnings) console.error(`Warning: ${warning}`);
  console.log(`DATABASE_URL=${urlOfLogin(adminUrl, 'rowhouse_app', passwords.app)}`);
  console.log(`CONTROL_DATABASE_URL=${urlOfLogin(adminUrl, 'rowhouse_control', passwords.control)}`);
  console.log(`MIGRATION_DATABASE_URL=${urlOfLogin(adminUrl, 'rowhouse_migrator', passwords.migrator)}`);
}

function explainMissingDatabase(error: Error & { code?: string }): never {
  if (error.code !== '3D000') throw error;
  throw new Failed(`${error.message}: make it first (CREATE DATABASE), or name another in the URL`);
}

/** Letters, digits, "-" and "_" only: nothing in it needs escaping in a URL. */
const password = () => randomBytes(24).toString('base64url');

/** Read by the same rules as every other URL, so that the admin's password travels no less protected. */
function adminConnection(url: string): DatabaseConnection {
  try {
    return loadMigrationConnection({ ...process.env, MIGRATION_DATABASE_URL: url });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(
      error.problems.map((problem) => problem.replace('MIGRATION_DATABASE_URL', 'The admin URL')),
    );
  }
}
