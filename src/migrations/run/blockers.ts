import type { RunQuery } from '../run-query.js';
import type { Blocker } from './event.js';

const columns = `
  a.pid, a.usename AS "user", nullif(a.application_name, '') AS "applicationName", a.state,
  (extract(epoch FROM clock_timestamp() - a.query_start) * 1000)::float8 AS "queryAgeMs",
  (extract(epoch FROM clock_timestamp() - a.xact_start) * 1000)::float8 AS "transactionAgeMs"`;

/** Whom the session `pid` waits for at this moment. Ask on another connection: `pid` itself is busy waiting. */
export async function blockersOf(query: RunQuery, pid: number): Promise<Blocker[]> {
  const { rows } = await query(
    `SELECT ${columns} FROM pg_stat_activity a WHERE a.pid = ANY (pg_blocking_pids($1)) ORDER BY a.xact_start`,
    [pid],
  );
  return rows as unknown as Blocker[];
}

/** Who holds the advisory lock `key` (a bigint as text) in this database. */
export async function holdersOf(query: RunQuery, key: string): Promise<Blocker[]> {
  const { rows } = await query(
    `SELECT ${columns} FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (l.classid::bigint << 32) | l.objid::bigint = $1::bigint`,
    [key],
  );
  return rows as unknown as Blocker[];
}
