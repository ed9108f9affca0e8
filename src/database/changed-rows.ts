import { sql } from 'drizzle-orm';
import type { ControlDatabase } from './ambient-database.js';

/**
 * How many rows of each table `work` inserted, updated or deleted in the transaction around the caller, as PostgreSQL counts
 * them; tables it left alone are not named.
 */
export async function changedRows(
  db: Pick<ControlDatabase, 'execute'>,
  work: () => Promise<void>,
): Promise<Record<string, number>> {
  const before = await countedSoFar(db);
  await work();
  const after = await countedSoFar(db);
  const changes = Object.entries(after).map(([table, rows]) => [table, rows - (before[table] ?? 0)] as const);
  return Object.fromEntries(changes.filter(([, rows]) => rows > 0));
}

/** The counters of a session may still hold those of its transactions before. */
async function countedSoFar(db: Pick<ControlDatabase, 'execute'>): Promise<Record<string, number>> {
  const { rows } = await db.execute<{ name: string; rows: number }>(sql`
    SELECT relname AS name, (n_tup_ins + n_tup_upd + n_tup_del)::int AS rows
      FROM pg_stat_xact_user_tables ORDER BY 1`);
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
}
