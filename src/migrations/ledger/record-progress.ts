import type { RunQuery } from '../run-query.js';
import { contentDigest } from '../sql/content-digest.js';
import { toolVersion } from './tool-version.js';
import { type LedgerStep, recordForDrizzle } from './write-ledger.js';

/** A step without a transaction begins, or goes on where it was interrupted. */
export async function recordRunning(
  query: RunQuery,
  step: LedgerStep,
  statements: number,
  confirmation?: string,
): Promise<void> {
  await upsertState(query, step, 'running', statements);
  // Now, and kept: a run that resumes behind what was destroyed needs no key, and has none.
  await query('UPDATE rowhouse.migrations SET confirmation = coalesce($2, confirmation) WHERE tag = $1', [
    step.tag,
    confirmation ?? null,
  ]);
}

/** A step was stopped by an error. What is done of it stays noted: a step without a transaction resumes behind it. */
export async function recordFailed(query: RunQuery, step: LedgerStep, statements: number): Promise<void> {
  await upsertState(query, step, 'failed', statements);
  // The statement under way told of its error, so it has no effect.
  await query(
    `UPDATE rowhouse.migrations SET finished_at = clock_timestamp(), statement_digests = statement_digests[1:statements_done]
      WHERE tag = $1`,
    [step.tag],
  );
}

/** Committed before the statement is sent: after a crash it may have taken effect, and is looked for. */
export async function recordStatementBegun(
  query: RunQuery,
  { tag }: LedgerStep,
  statement: number,
  digest: string,
): Promise<void> {
  await query(
    `UPDATE rowhouse.migrations SET statement_digests = statement_digests[1:$2::int - 1] || $3::text WHERE tag = $1`,
    [tag, statement, digest],
  );
}

/** Statements 1 to `statement` have taken effect. */
export async function recordStatementDone(
  query: RunQuery,
  { tag }: LedgerStep,
  statement: number,
  digest: string,
): Promise<void> {
  await query(
    `UPDATE rowhouse.migrations
        SET statements_done = $2::int, statement_digests = statement_digests[1:$2::int - 1] || $3::text WHERE tag = $1`,
    [tag, statement, digest],
  );
}

/** The last statement of a step without a transaction is done. */
export async function recordFinished(
  query: RunQuery,
  step: LedgerStep,
  { durationMs }: { durationMs: number },
): Promise<void> {
  await query(
    `UPDATE rowhouse.migrations SET state = 'applied', finished_at = clock_timestamp(), duration_ms = $2,
            content_sha256 = $3 WHERE tag = $1`,
    [step.tag, Math.round(durationMs), contentDigest(step.file.text)],
  );
  await recordForDrizzle(query, step);
}

async function upsertState(
  query: RunQuery,
  { tag, file }: LedgerStep,
  state: 'running' | 'failed',
  statements: number,
): Promise<void> {
  await query(
    `INSERT INTO rowhouse.migrations (tag, sha256, state, statements_total, tool_version, started_at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp())
     ON CONFLICT (tag) DO UPDATE SET
       sha256 = excluded.sha256, state = excluded.state, statements_total = excluded.statements_total, finished_at = NULL,
       duration_ms = NULL, applied_by = session_user, tool_version = excluded.tool_version,
       server_version = current_setting('server_version')`,
    [tag, file.sha256, state, statements, toolVersion()],
  );
}
