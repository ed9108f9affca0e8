import { Client } from 'pg';
import { backendPid, sharesSessions } from '../../database/shares-sessions.js';
import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import type { MigrationSession } from './session.js';

/** @throws MigrationError (USAGE) behind a pooler in transaction mode: the advisory lock and the settings would be somebody else's. */
export async function refuseTransactionPooler({ client, connection }: MigrationSession): Promise<void> {
  const newClient = () => new Client({ connectionTimeoutMillis: 10_000, ...connection });
  if (await sharesSessions(client, newClient)) throw transactionPooler();
}

/** Asked in each step as well: in a busy pool the first look may have seen the same backend by chance. */
export async function assertSameBackend({ client, pid }: MigrationSession): Promise<void> {
  if ((await backendPid(client)) !== pid) throw transactionPooler();
}

const transactionPooler = () =>
  new MigrationError(
    ExitCode.USAGE,
    'The connection goes through a pooler in transaction mode (PgBouncer, Supavisor, ...): its sessions change between ' +
      'transactions, so that no lock on the migrations would hold',
    {
      remedy:
        'let MIGRATION_DATABASE_URL name the PostgreSQL server itself, or a port of the pooler in session mode',
    },
  );
