import { readControlConnection } from '../config/command-connections.js';
import { withClient } from '../migrations/index.js';
import { Failed } from './failed.js';

interface Options {
  failed?: boolean;
}

const AGAIN = `UPDATE github_deliveries SET status = 'received', attempts = 0, next_attempt_at = now()`;

/** Lets running services handle deliveries again: those that are named, by our id or GitHub's, or all that failed. */
export async function replayDeliveries(ids: string[], { failed = false }: Options): Promise<void> {
  if (failed === ids.length > 0) throw new Failed('Name deliveries, or say --failed for all that failed');
  const connection = { ...readControlConnection(), application_name: 'rowhouse github:replay' };
  const { rowCount } = await withClient(connection, (client) =>
    failed
      ? client.query(`${AGAIN} WHERE status = 'failed'`)
      : client.query(`${AGAIN} WHERE delivery_id = ANY($1) OR id::text = ANY($1)`, [ids]),
  );
  console.log(`${rowCount ?? 0} deliveries are handled again`);
  if (rowCount === 0 && !failed) throw new Failed('There is no such delivery');
}
