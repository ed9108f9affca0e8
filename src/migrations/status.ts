import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsFolder } from './folder/migrations-folder.js';
import type { RunQuery } from './run-query.js';

/**
 * Which steps of the code the database has not, in order; without a ledger, all. And which it has that the code does not
 * know (`unknown`). By tag alone: a database that is ahead
 * serves this code still (a rolling deployment), and an edited file is the migrator's to refuse, which runs before any
 * server. `rowhouse_control` may ask; each call reads the journal and two small answers.
 * @throws when the folder has no journal or the query fails.
 */
export async function migrationStatus(
  query: RunQuery,
  folder: string = migrationsFolder(),
): Promise<{ pending: string[]; unknown: string[] }> {
  const text = await readFile(join(folder, 'meta', '_journal.json'), 'utf8');
  const { entries } = JSON.parse(text) as { entries: { tag: string }[] };
  const applied = await appliedTags(query);
  const tags = entries.map(({ tag }) => tag);
  return {
    pending: tags.filter((tag) => !applied.has(tag)),
    unknown: [...applied].filter((tag) => !tags.includes(tag)),
  };
}

async function appliedTags(query: RunQuery): Promise<Set<string>> {
  const ledger = await query(`SELECT to_regclass('rowhouse.migrations') IS NOT NULL AS present`);
  if (ledger.rows[0]?.['present'] !== true) return new Set();
  const { rows } = await query(`SELECT tag FROM rowhouse.migrations WHERE state IN ('applied', 'baseline')`);
  return new Set(rows.map((row) => String(row['tag'])));
}
