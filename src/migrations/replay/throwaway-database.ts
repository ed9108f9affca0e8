import { randomBytes } from 'node:crypto';
import type { Client, ClientConfig } from 'pg';
import { bootstrapDatabase } from '../bootstrap/bootstrap-database.js';
import { bootstrapRoles } from '../bootstrap/bootstrap-roles.js';
import { withClient } from '../client.js';
import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';

/**
 * A database as `db:bootstrap` makes it, on a server to throw things at, for the time of `work`; dropped afterwards.
 * The client is the admin's.
 */
export async function withThrowawayDatabase<T>(
  admin: ClientConfig,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const name = `rowhouse_replay_${randomBytes(6).toString('hex')}`;
  await withClient(admin, async (client) => {
    await refuseOthers(client);
    await ensureRoles(client);
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
  });
  try {
    return await withClient(onDatabase(admin, name), async (client) => {
      await bootstrapDatabase(client);
      return await work(client);
    });
  } finally {
    await withClient(admin, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  }
}

/** Acting as other roles takes a superuser. */
async function refuseOthers(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ role: string; rolsuper: boolean }>(
    'SELECT rolname AS role, rolsuper FROM pg_roles WHERE rolname = current_user',
  );
  if (rows[0]?.rolsuper) return;
  throw new MigrationError(
    ExitCode.USAGE,
    `Steps are replayed by a superuser of a server to throw things at, and ${rows[0]?.role} is none`,
    {
      remedy: 'give --scratch-url of a superuser, or leave it out where the embedded PostgreSQL is installed',
    },
  );
}

/** Only where they are missing: the server may serve others, who know the passwords of these roles. */
async function ensureRoles(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ count: number }>(`
    SELECT count(*)::int FROM pg_roles
     WHERE rolname IN ('rowhouse_owner', 'rowhouse_migrator', 'rowhouse_app', 'rowhouse_control')`);
  if (rows[0]?.count === 4) return;
  await bootstrapRoles(admin, { migrator: password(), app: password(), control: password() });
}

const password = () => randomBytes(24).toString('base64url');

/** A URL outranks every other field of a configuration. */
function onDatabase(connection: ClientConfig, database: string): ClientConfig {
  if (connection.connectionString === undefined) return { ...connection, database };
  const url = new URL(connection.connectionString);
  url.pathname = `/${database}`;
  return { ...connection, connectionString: url.href };
}
