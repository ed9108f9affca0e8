import type { RunQuery } from '../run-query.js';
import type { LockMode } from './lock-modes.js';

/** A table, view, sequence or index, as it is at one moment of the open transaction. */
export interface Observed {
  oid: number;
  /** With its schema unless that is `public`. */
  name: string;
  isIndex: boolean;
  /** Another one: the relation was written anew. null: it has no file. */
  fileNode: number | null;
  /** What this session holds on it, the strongest alone. */
  lock: LockMode | null;
  /** In this transaction so far. */
  scans: number;
  rowsScanned: number;
  rowsChanged: number;
}

const observation = `
SELECT c.oid,
       CASE nspname WHEN 'public' THEN '' ELSE quote_ident(nspname) || '.' END || quote_ident(c.relname) AS name,
       relkind IN ('i', 'I') AS "isIndex", pg_relation_filenode(c.oid) AS "fileNode",
       (SELECT mode FROM pg_locks
         WHERE locktype = 'relation' AND relation = c.oid AND pid = pg_backend_pid() AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         ORDER BY array_position(ARRAY['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock',
                                       'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'], mode) DESC
         LIMIT 1) AS lock,
       coalesce(s.seq_scan, 0)::float8 AS scans, coalesce(s.seq_tup_read, 0)::float8 AS "rowsScanned",
       coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0)::float8 AS "rowsChanged"
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
  LEFT JOIN pg_stat_xact_user_tables s ON s.relid = c.oid
 WHERE relkind IN ('r', 'p', 'm', 'v', 'S', 'f', 'i', 'I')
   AND nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'rowhouse', 'drizzle')`;

/** All relations of the database, by oid. */
export async function observe(query: RunQuery): Promise<Map<number, Observed>> {
  const { rows } = await query(observation);
  return new Map((rows as unknown as Observed[]).map((relation) => [relation.oid, relation]));
}
