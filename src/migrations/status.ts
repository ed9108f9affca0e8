import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsFolder } from './folder/migrations-folder.js';
import type { RunQuery } from './run-query.js';

/**
 * Which steps of the journal the ledger (`drizzle.__drizzle_migrations`) does not hold, in order; without a ledger,
 * all. A step counts by the SHA-256 of its file, as Drizzle writes it. `rowhouse_control` and the migrator may ask.
 * @throws when the folder has no journal or the query fails.
 */
export async function migrationStatus(
  query: RunQuery,
  folder: string = migrationsFolder(),
): Promise<{ pending: string[] }> {
  const steps = await readSteps(folder);
  const ledger = await query(`SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS present`);
  if (ledger.rows[0]?.['present'] !== true) return { pending: steps.map((step) => step.tag) };
  const { rows } = await query('SELECT hash FROM drizzle.__drizzle_migrations');
  const applied = new Set(rows.map((row) => row['hash']));
  return { pending: steps.filter((step) => !applied.has(step.hash)).map((step) => step.tag) };
}

async function readSteps(folder: string): Promise<{ tag: string; hash: string }[]> {
  const journal = JSON.parse(await readFile(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { tag: string }[];
  };
  return Promise.all(
    journal.entries.map(async ({ tag }) => {
      const text = await readFile(join(folder, `${tag}.sql`), 'utf8');
      return { tag, hash: createHash('sha256').update(text).digest('hex') };
    }),
  );
}
