import { type ClientConfig, escapeIdentifier } from 'pg';
import { withClient } from '../client.js';
import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';

/** What `db:reset` would destroy. */
export interface Contents {
  database: string;
  tables: number;
  tenants: number;
  /** Other sessions: application, login, process id; PostgreSQL hides the rest of other logins' sessions. */
  sessions: string[];
}

const OURS = `nspowner IN ('rowhouse_owner'::regrole, 'rowhouse_migrator'::regrole)`;

/** @throws MigrationError (USAGE) where the database was never prepared by db:bootstrap. */
export async function contentsOf(connection: ClientConfig): Promise<Contents> {
  return withClient(connection, async (client) => {
    const { rows } = await client.query<Contents & { isOurs: boolean; hasTenants: boolean }>(`
      SELECT current_database() AS database,
             to_regclass('public.tenants') IS NOT NULL AS "hasTenants",
             EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public' AND nspowner = to_regrole('rowhouse_owner')) AS "isOurs",
             (SELECT count(*)::int FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
               WHERE relkind IN ('r', 'p') AND nspname !~ '^(pg_|information_schema)') AS tables,
             ARRAY(SELECT format('%s (%s, process %s)', coalesce(nullif(application_name, ''), 'unnamed'), usename, pid)
                     FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
                      AND usename IS NOT NULL ORDER BY pid) AS sessions`);
    const [found] = rows;
    if (!found?.isOurs)
      throw new MigrationError(ExitCode.USAGE, `${found?.database} was not prepared for Rowhouse`, {
        detail: 'Its schema public does not belong to rowhouse_owner. Nothing was changed.',
        remedy: 'npm run db:bootstrap -- <admin URL>',
      });
    const { database, tables, sessions } = found;
    const tenants = found.hasTenants ? await client.query('SELECT 1 FROM tenants') : undefined;
    return { database, tables, tenants: tenants?.rowCount ?? 0, sessions };
  });
}

/**
 * Drops every schema of Rowhouse with all that is in it and makes an empty `public` as db:bootstrap does: all or nothing.
 * The database itself, its logins and its grants stay, so that the URLs stay valid.
 * @throws MigrationError (LOCK_NOT_OBTAINED) while other sessions are connected.
 */
export async function resetDatabase(connection: ClientConfig): Promise<void> {
  const { database, sessions } = await contentsOf(connection);
  if (sessions.length > 0)
    throw new MigrationError(ExitCode.LOCK_NOT_OBTAINED, `${database} is in use`, {
      detail: `connected: ${sessions.join(', ')}. Nothing was changed.`,
      remedy: 'stop them, and run it again',
    });
  await withClient(connection, async (client) => {
    await client.query(`BEGIN; SET LOCAL lock_timeout = '5s'`);
    const { rows } = await client.query<{ name: string }>(
      `SELECT nspname AS name FROM pg_namespace WHERE ${OURS}`,
    );
    for (const { name } of rows) await client.query(`DROP SCHEMA ${escapeIdentifier(name)} CASCADE`);
    await client.query(`
      CREATE SCHEMA public;
      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      REASSIGN OWNED BY rowhouse_migrator TO rowhouse_owner;
      GRANT USAGE ON SCHEMA public TO rowhouse_app, rowhouse_control;
      COMMENT ON SCHEMA public IS 'standard public schema';
      COMMIT`);
  });
}
