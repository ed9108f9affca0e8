import type { ClientConfig } from 'pg';
import { withClient } from '../client.js';
import { readLedgers } from '../ledger/read-ledgers.js';
import { hasBegun } from '../plan/step-status.js';
import { queryOf } from '../run-query.js';

/** The steps of which something is in this database. */
export async function appliedTags(connection: ClientConfig): Promise<Set<string>> {
  const { own = [] } = await withClient(connection, (client) => readLedgers(queryOf(client)));
  return new Set(own.filter(hasBegun).map(({ tag }) => tag));
}
