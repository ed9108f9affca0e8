import type { RunQuery } from '../run-query.js';

/** How many rows a table has. */
export interface RowCount {
  count: number;
  /** false: the estimate of the last ANALYZE. */
  isExact: boolean;
}

const most = 100_000;
const timeoutMs = 2_000;

/** Counted up to a bound, and estimated above it. undefined: it has no rows of its own, or may not be read. */
export async function countRows(query: RunQuery, table: string): Promise<RowCount | undefined> {
  await query(`SET statement_timeout = ${timeoutMs}`);
  await query(`SET lock_timeout = ${timeoutMs}`);
  try {
    const { rows } = await query(
      `SELECT greatest(reltuples, 0)::float8 AS estimate FROM pg_class WHERE oid = to_regclass($1) AND relkind IN ('r', 'p', 'm')`,
      [table],
    );
    if (!rows[0]) return undefined;
    const counted = await query(
      `SELECT count(*)::float8 AS count FROM (SELECT 1 FROM ${table} LIMIT ${most + 1}) AS counted`,
    ).catch(() => undefined);
    const count = Number(counted?.rows[0]?.['count'] ?? Infinity);
    if (count <= most) return { count, isExact: true };
    return { count: Number(rows[0]['estimate']), isExact: false };
  } finally {
    await query('RESET statement_timeout');
    await query('RESET lock_timeout');
  }
}
