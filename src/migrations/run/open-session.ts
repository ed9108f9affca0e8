import type { ClientConfig } from 'pg';
import { backendPid } from '../../database/shares-sessions.js';
import { withClient } from '../client.js';
import { queryOf } from '../run-query.js';
import { refuseTransactionPooler } from './pooler.js';
import { bypassesRowSecurity, type MigrationSession, resetSession } from './session.js';

/**
 * Opens a session, checks that no transaction-mode pooler is in between, and closes it after `work`.
 * @throws MigrationError (USAGE) behind such a pooler; what connecting or `work` throws.
 */
export async function withMigrationSession<T>(
  connection: ClientConfig,
  work: (session: MigrationSession) => Promise<T>,
): Promise<T> {
  return withClient(connection, async (client) => {
    const session = {
      client,
      query: queryOf(client),
      connection,
      pid: await backendPid(client),
      bypassesRowSecurity: await bypassesRowSecurity(client),
    };
    await refuseTransactionPooler(session);
    await resetSession(client);
    return work(session);
  });
}
