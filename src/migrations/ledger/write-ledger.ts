import { createHash } from 'node:crypto';
import type { SqlFile } from '../folder/folder-content.js';
import type { RunQuery } from '../run-query.js';
import { contentDigest } from '../sql/content-digest.js';
import { createLedger } from './ledger-table.js';
import { toolVersion } from './tool-version.js';

/** A step as the ledgers know it. */
export interface LedgerStep {
  tag: string;
  /** The journal's `when`. */
  when: number;
  file: Pick<SqlFile, 'sha256' | 'drizzleHash' | 'text'>;
}

/** SHA-256 of a statement's text, hexadecimal: tells whether a statement that is done was edited. */
export const digestOf = (statement: string): string => createHash('sha256').update(statement).digest('hex');

/** Creates both ledgers where they are missing, in a transaction of its own, and hands them to the owner. */
export async function ensureLedger(query: RunQuery): Promise<void> {
  const { rows } = await query(
    `SELECT to_regclass('rowhouse.migrations') IS NOT NULL
            AND to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS present`,
  );
  if (rows[0]?.['present'] === true) return;
  await query('BEGIN');
  try {
    await query(createLedger);
    await handOver(query);
    await query('COMMIT');
  } catch (error) {
    await query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** What a step created belongs to the owner and not to the login that migrates; within the step's own transaction. */
export async function handOver(query: RunQuery): Promise<void> {
  // A step may have changed them, and what follows must not depend on that.
  await query('RESET SESSION AUTHORIZATION');
  await query('RESET ROLE');
  await query('RESET search_path');
  await query('SET row_security = off');
  await query('REASSIGN OWNED BY rowhouse_migrator TO rowhouse_owner');
}

/** The step is in the schema; within its own transaction, so that there is no moment between the two. */
export async function recordApplied(
  query: RunQuery,
  step: LedgerStep,
  {
    statements,
    durationMs,
    confirmation,
  }: { statements: number; durationMs: number; confirmation?: string | undefined },
): Promise<void> {
  await upsert(query, step, {
    state: 'applied',
    total: statements,
    done: statements,
    durationMs,
    confirmation: confirmation ?? null,
  });
  await recordForDrizzle(query, step);
}

/** The step was in the schema before this tool came: nothing was run. */
export async function recordBaseline(query: RunQuery, step: LedgerStep, statements: number): Promise<void> {
  await upsert(query, step, { state: 'baseline', total: statements, done: statements, durationMs: null });
  await recordForDrizzle(query, step);
}

/** The step's down file was run. */
export async function recordRolledBack(query: RunQuery, step: LedgerStep): Promise<void> {
  await query(
    `UPDATE rowhouse.migrations
        SET state = 'rolled_back', statements_done = 0, statement_digests = '{}', finished_at = clock_timestamp() WHERE tag = $1`,
    [step.tag],
  );
  // By its hash only where there is none of its time: another step may hold the same text.
  await query(
    `DELETE FROM drizzle.__drizzle_migrations WHERE created_at = $2
        OR hash = $1 AND NOT EXISTS (SELECT FROM drizzle.__drizzle_migrations WHERE created_at = $2)`,
    [step.file.drizzleHash, step.when],
  );
}

/** drizzle's own ledger, so that `drizzle-kit migrate` has nothing left to do either. Idempotent. */
export async function recordForDrizzle(query: RunQuery, { file, when }: LedgerStep): Promise<void> {
  await query(
    `INSERT INTO drizzle.__drizzle_migrations (hash, created_at) SELECT $1, $2
      WHERE NOT EXISTS (SELECT 1 FROM drizzle.__drizzle_migrations WHERE hash = $1 AND created_at = $2)`,
    [file.drizzleHash, when],
  );
}

interface Entry {
  state: 'applied' | 'baseline';
  total: number;
  done: number;
  durationMs: number | null;
  confirmation?: string | null;
}

/** `started_at` is reckoned back from now: within a transaction now() is its beginning, which a retry moves. */
async function upsert(query: RunQuery, { tag, file }: LedgerStep, entry: Entry): Promise<void> {
  await query(
    `INSERT INTO rowhouse.migrations AS m (tag, sha256, state, statements_total, statements_done, started_at, finished_at,
                                           duration_ms, tool_version, confirmation, content_sha256)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp() - coalesce($6::integer, 0) * interval '1 ms', clock_timestamp(), $6, $7, $8, $9)
     ON CONFLICT (tag) DO UPDATE SET
       sha256 = excluded.sha256, state = excluded.state, statements_total = excluded.statements_total,
       statements_done = excluded.statements_done, statement_digests = '{}', started_at = excluded.started_at,
       finished_at = excluded.finished_at, duration_ms = excluded.duration_ms, applied_by = session_user,
       tool_version = excluded.tool_version, server_version = current_setting('server_version'),
       confirmation = excluded.confirmation, content_sha256 = excluded.content_sha256`,
    [
      tag,
      file.sha256,
      entry.state,
      entry.total,
      entry.done,
      entry.durationMs === null ? null : Math.round(entry.durationMs),
      toolVersion(),
      entry.confirmation ?? null,
      contentDigest(file.text),
    ],
  );
}
