import type { Client, ClientConfig } from 'pg';
import type { RunQuery } from '../run-query.js';

/** One direct connection as `rowhouse_migrator`, fit to migrate with. */
export interface MigrationSession {
  client: Client;
  query: RunQuery;
  /** Of the backend; the same as long as the session lasts. */
  pid: number;
  /** The migrator has BYPASSRLS, as `db:bootstrap` gives it wherever it may. */
  bypassesRowSecurity: boolean;
  /** For further connections beside this one: to ask who blocks, to cancel. */
  connection: ClientConfig;
}

/**
 * Undoes what a step may have left: a SET without LOCAL, a SET ROLE. Afterwards row security raises an error instead of
 * hiding rows, and a statement ends soon after its client was killed (where the platform can tell).
 */
export async function resetSession(client: Client): Promise<void> {
  await client.query('RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; SET row_security = off');
  await client.query(`SET client_connection_check_interval = '1s'`).catch(() => undefined);
}

export async function bypassesRowSecurity(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ bypasses: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS bypasses FROM pg_roles WHERE rolname = session_user',
  );
  return rows[0]?.bypasses ?? false;
}
