import {
  recordFinished,
  recordRunning,
  recordStatementBegun,
  recordStatementDone,
} from '../ledger/record-progress.js';
import { digestOf, handOver } from '../ledger/write-ledger.js';
import type { Statement } from '../sql/statement.js';
import { assertEmpty } from './assert-empty.js';
import { execute, type Progress, type Run } from './execute.js';
import { failureOf, isStatementFailure } from './failure.js';
import { dropInvalidIndexes, hasTakenEffect, needsNoTransaction } from './outside-transaction.js';
import { noteFailed } from './note-failed.js';
import type { RunnableStep } from './parse-step.js';
import { assertSameBackend } from './pooler.js';
import { refuseUnsafe } from './refuse-unsafe.js';
import { retryLockConflicts } from './retry.js';
import { resetSession } from './session.js';
import { inStepTransaction } from './step-transaction.js';

/** Runs a `no-transaction` step: each statement is recorded when it is done, and a later run goes on behind it. */
export async function runStatementByStatement(run: Run, step: RunnableStep): Promise<void> {
  const { query } = run.session;
  const start = performance.now();
  let last: Progress | undefined;
  refuseUnsafe(step);
  try {
    await record(run, step, async () => {
      if (step.resumeAt === 1)
        for (const table of step.mustBeEmpty) await assertEmpty(run.session, step, table);
      await recordRunning(query, step, step.statements.length, run.confirmations.get(step.tag));
    });
    for (const statement of step.statements.slice(step.resumeAt - 1)) {
      const attempt = (work: (progress: Progress) => Promise<void>) =>
        retryLockConflicts(run, step, (progress) => work((last = progress)));
      if (needsNoTransaction(statement.node)) {
        await attempt((progress) => runOutside(run, step, statement, progress));
        // Tried again on its own: the statement itself has taken effect by now.
        await record(run, step, () => recordDone(run, step, statement));
      } else {
        // The statement and its record are one.
        await attempt((progress) =>
          inStepTransaction(run, async () => {
            await execute(run, step, statement, progress);
            await recordDone(run, step, statement);
          }),
        );
      }
    }
    const durationMs = performance.now() - start;
    await record(run, step, () => recordFinished(query, step, { durationMs }));
    run.options.onEvent?.({ kind: 'step-applied', tag: step.tag, durationMs });
  } catch (error) {
    const failure = failureOf(error, step, last?.statement);
    // Of an interrupted statement nobody knows whether it took effect, so the step stays "running".
    if (isStatementFailure(error, run.options.signal)) await noteFailed(run, step);
    throw failure;
  }
}

/** Who locks the ledger is waited for as for any table: never longer than the deadline. */
const record = (run: Run, step: RunnableStep, write: () => Promise<void>): Promise<void> =>
  retryLockConflicts(run, step, () => inStepTransaction(run, write));

async function recordDone({ session }: Run, step: RunnableStep, statement: Statement): Promise<void> {
  await handOver(session.query);
  await recordStatementDone(session.query, step, statement.index, digestOf(statement.text));
}

/**
 * Between the effect of such a statement and its record lies a moment in which a run can die. So it is noted before it
 * begins, and what was under way is looked for before it is run again.
 */
async function runOutside(
  run: Run,
  step: RunnableStep,
  statement: Statement,
  progress: Progress,
): Promise<void> {
  const { query, client } = run.session;
  const digest = digestOf(statement.text);
  await resetSession(client);
  await assertSameBackend(run.session);
  // What it waits for are other transactions, and nobody waits behind it: it may take its time.
  await client.query('SET lock_timeout = 0; SET statement_timeout = 0');
  const isDone = await hasTakenEffect(query, statement.node);
  const wasUnderWay = statement.index === step.resumeAt && step.underWay === digest;
  if (isDone && wasUnderWay) return;
  for (const index of await dropInvalidIndexes(query, statement.node))
    run.options.onEvent?.({ kind: 'index-dropped', tag: step.tag, index });
  // What was there before is not this statement's work: PostgreSQL shall say so, and not be believed later.
  if (!isDone) await recordStatementBegun(query, step, statement.index, digest);
  await execute(run, step, statement, progress);
}
