import type { Client } from 'pg';
import { withClient } from '../client.js';
import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import { backendPid, type MigrationSession } from './session.js';

const rounds = 3;

/**
 * A pooler in transaction mode gives every transaction another backend: the advisory lock, `SET` and the settings of a
 * session would be somebody else's. A pooler invents the process id that it tells at the start, so most sessions need no
 * second look; behind a pooler, a backend that serves two clients at once, or changes between two queries, gives it away.
 */
export async function refuseTransactionPooler({ client, pid, connection }: MigrationSession): Promise<void> {
  if (announcedPid(client) === pid) return;
  const isShared = await withClient(connection, async (second) => {
    for (let round = 0; round < rounds; round += 1) {
      await second.query('BEGIN');
      const other = await backendPid(second);
      const own = await backendPid(client);
      await second.query('COMMIT');
      if (other === pid || own !== pid) return true;
    }
    return false;
  });
  if (isShared) throw transactionPooler();
}

/** Asked in each step as well: in a busy pool the first look may have seen the same backend by chance. */
export async function assertSameBackend({ client, pid }: MigrationSession): Promise<void> {
  if ((await backendPid(client)) !== pid) throw transactionPooler();
}

const announcedPid = (client: Client) => (client as Client & { processID?: number }).processID;

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
