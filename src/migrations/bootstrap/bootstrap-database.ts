import { escapeIdentifier, type Client } from 'pg';
import { revokedFunctions } from '../../database/revoked-functions.js';
import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import { attempt } from './attempt.js';

const serviceRoles = 'rowhouse_app, rowhouse_control';

/**
 * Database-level privileges: CONNECT for the three logins, CREATE for the migrator, nothing for PUBLIC (no TEMP).
 * On its own because `CREATE DATABASE ... TEMPLATE` copies everything but these. Idempotent.
 */
export async function grantDatabase(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>('SELECT current_database() AS name');
  const database = escapeIdentifier(rows[0]?.name ?? '');
  await admin.query(`
    REVOKE ALL ON DATABASE ${database} FROM PUBLIC, rowhouse_owner, rowhouse_migrator, ${serviceRoles};
    GRANT CONNECT ON DATABASE ${database} TO rowhouse_migrator, ${serviceRoles};
    GRANT CREATE ON DATABASE ${database} TO rowhouse_migrator;
  `);
}

/**
 * Prepares the database that `admin` is connected to: its privileges, schema `public` owned by `rowhouse_owner`, and
 * no way for the service's logins to create objects, write plpgsql, or run what reaches past a tenant. Idempotent, one transaction.
 * @throws MigrationError (USAGE) where the admin neither owns the database nor is a superuser.
 * @returns warnings: walls that this server does not let this admin build, in words.
 */
export async function bootstrapDatabase(admin: Client): Promise<string[]> {
  await assertOwner(admin);
  await admin.query('BEGIN');
  try {
    await grantDatabase(admin);
    await asOwner(admin, async () => {
      await admin.query('ALTER SCHEMA public OWNER TO rowhouse_owner');
      await admin.query(`
        REVOKE ALL ON SCHEMA public FROM PUBLIC, ${serviceRoles};
        GRANT USAGE ON SCHEMA public TO ${serviceRoles};
      `);
    });
    await revokeFunctions(admin);
    for (const statement of catalogWalls) await attempt(admin, statement);
    const warnings = await missingWalls(admin);
    await admin.query('COMMIT');
    return warnings;
  } catch (error) {
    await admin.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function assertOwner(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ admin: string; database: string; isOwner: boolean }>(`
    SELECT quote_ident(current_user) AS admin, quote_ident(datname) AS database,
           pg_has_role(current_user, datdba, 'USAGE') AS "isOwner"
      FROM pg_database WHERE datname = current_database()`);
  const [found] = rows;
  if (!found || found.isOwner) return;
  throw new MigrationError(
    ExitCode.USAGE,
    `The admin ${found.admin} must own the database ${found.database}`,
    {
      remedy: `run ALTER DATABASE ${found.database} OWNER TO ${found.admin} as its owner, or create a database of your own`,
    },
  );
}

/** Only a member may hand an object to a role, and set its privileges then; an admin that is no superuser becomes one for this moment. */
async function asOwner(admin: Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await admin.query<{ member: boolean }>(
    'SELECT rolsuper AS member FROM pg_roles WHERE rolname = current_user',
  );
  if (!rows[0]?.member) await admin.query('GRANT rowhouse_owner TO CURRENT_USER');
  await work();
  if (!rows[0]?.member) await admin.query('REVOKE rowhouse_owner FROM CURRENT_USER');
}

const catalogWalls = [
  'GRANT USAGE ON LANGUAGE plpgsql TO rowhouse_owner, rowhouse_migrator',
  `REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC, ${serviceRoles}`,
];

/**
 * Migrations may go on using them: they take session locks, and cancel their own statements. Not those that PostgreSQL
 * itself keeps from PUBLIC, which are in `pg_init_privs`: `lo_import` reads files of the server.
 */
async function revokeFunctions(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ functions: string }>(
    `SELECT string_agg(oid::regprocedure::text, ', ') AS functions FROM pg_proc
      WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ ANY ($1)
        AND NOT EXISTS (SELECT FROM pg_init_privs WHERE classoid = 'pg_proc'::regclass AND objoid = pg_proc.oid)`,
    [revokedFunctions.map(({ pattern }) => pattern)],
  );
  const functions = rows[0]?.functions;
  await attempt(admin, `GRANT EXECUTE ON FUNCTION ${functions} TO rowhouse_migrator`);
  await attempt(admin, `REVOKE EXECUTE ON FUNCTION ${functions} FROM PUBLIC, ${serviceRoles}`);
}

/** PostgreSQL only warns when a REVOKE has no effect, so what counts is what the logins may do afterwards. One line for both. */
async function missingWalls(admin: Client): Promise<string[]> {
  const { rows } = await admin.query<{ warning: string }>(
    `SELECT format('%s may still use %s: this admin is not allowed to revoke it; what that means is told by "npm run db:audit" (A21, A22)',
                   string_agg(role, ' and ' ORDER BY role), walls) AS warning
       FROM (SELECT role, string_agg(what, ', ' ORDER BY what) AS walls
               FROM unnest(ARRAY['rowhouse_app', 'rowhouse_control']) AS role,
                    LATERAL (
                      SELECT name, bool_or(has_function_privilege(role, pg_proc.oid, 'EXECUTE'))
                        FROM unnest($1::text[], $2::text[]) AS revoked (name, pattern) JOIN pg_proc ON proname ~ pattern
                       WHERE pronamespace = 'pg_catalog'::regnamespace GROUP BY name
                      UNION VALUES
                      ('language plpgsql', has_language_privilege(role, 'plpgsql', 'USAGE')),
                      ('temporary tables', has_database_privilege(role, current_database(), 'TEMP')),
                      ('CREATE SCHEMA', has_database_privilege(role, current_database(), 'CREATE')),
                      ('CREATE in schema public', has_schema_privilege(role, 'public', 'CREATE'))
                    ) AS wall (what, open)
              WHERE open GROUP BY role) AS open_walls
      GROUP BY walls ORDER BY 1`,
    [revokedFunctions.map(({ name }) => name), revokedFunctions.map(({ pattern }) => pattern)],
  );
  return rows.map((row) => row.warning);
}
