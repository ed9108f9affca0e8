import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import type { RunQuery } from '../run-query.js';

/**
 * What another login creates would stay its own: a superuser's tables are nobody's whom row security binds.
 * @throws MigrationError (USAGE).
 */
export async function assertMigrator(query: RunQuery): Promise<void> {
  const { rows } = await query('SELECT session_user::text AS login');
  const login = String(rows[0]?.['login']);
  if (login === 'rowhouse_migrator') return;
  throw new MigrationError(ExitCode.USAGE, `The migrations run as rowhouse_migrator, and this is ${login}`, {
    remedy:
      'let MIGRATION_DATABASE_URL name rowhouse_migrator; "npm run db:bootstrap" creates it, and prints the URL',
  });
}
