import { setTimeout as sleep } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applySteps } from 'drizzle-orm/node-postgres/migrator';
import type { Client, ClientConfig } from 'pg';
import { withClient } from './client.js';
import { migrationsFolder } from './folder/migrations-folder.js';
import type { RunQuery } from './run-query.js';
import { migrationStatus } from './status.js';

const lockKey = 7_602_102;
const lockDeadlineMs = 60_000;
const lockPollMs = 200;

/**
 * Applies what is pending in `folder` as `rowhouse_migrator`, all in one transaction, then hands every new object to
 * `rowhouse_owner`. Several processes may call it at once: one works, the others wait up to 60 s.
 * @throws when the lock is not free in time, a step fails, or an applied step was changed afterwards.
 */
export async function migrate(
  connection: ClientConfig,
  folder: string = migrationsFolder(),
): Promise<{ applied: string[] }> {
  return withClient(connection, async (client) => {
    await client.query('SET row_security = off');
    await takeLock(client);
    const query: RunQuery = (text, values) => client.query<Record<string, unknown>>(text, values);
    const { pending } = await migrationStatus(query, folder);
    // Also with nothing pending: an earlier run may have died before it handed the objects over.
    await applySteps(drizzle(client), { migrationsFolder: folder });
    await handOver(client);
    const { pending: left } = await migrationStatus(query, folder);
    if (left.length > 0) throw new Error(outOfOrder(left));
    return { applied: pending };
  });
}

/** Polled: a session that waits inside pg_advisory_lock() holds a snapshot and blocks CREATE INDEX CONCURRENTLY. */
async function takeLock(client: Client): Promise<void> {
  const deadline = Date.now() + lockDeadlineMs;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      lockKey,
    ]);
    if (rows[0]?.taken) return;
    if (Date.now() > deadline) {
      throw new Error(`Another process has been migrating this database for ${lockDeadlineMs / 1000} s`);
    }
    await sleep(lockPollMs);
  }
}

async function handOver(client: Client): Promise<void> {
  await client.query('REASSIGN OWNED BY rowhouse_migrator TO rowhouse_owner');
  await client.query('GRANT USAGE ON SCHEMA drizzle TO rowhouse_control');
  await client.query('GRANT SELECT ON drizzle.__drizzle_migrations TO rowhouse_control');
}

const outOfOrder = (tags: string[]) =>
  `Not applied: ${tags.join(', ')}. Either the file was changed after it had been applied, or its "when" in the ` +
  'journal is older than the newest applied step; applied steps are never edited, new ones come last.';
