import { handOver, recordApplied } from '../ledger/write-ledger.js';
import { assertEmpty } from './assert-empty.js';
import { execute, type Progress, type Run } from './execute.js';
import { failureOf, isStatementFailure } from './failure.js';
import { refuseInvalidIndex } from './invalid-index.js';
import { interrupted } from './interrupt.js';
import { assertInvariants } from './invariants.js';
import { noteFailed } from './note-failed.js';
import type { RunnableStep } from './parse-step.js';
import { retryLockConflicts } from './retry.js';
import { inStepTransaction } from './step-transaction.js';

/**
 * Runs a step, hands over what it created and writes its rows into both ledgers, all in one transaction: there is no
 * moment in which one is there without the others.
 */
export async function runInTransaction(run: Run, step: RunnableStep, isLast: boolean): Promise<void> {
  let last: Progress | undefined;
  let durationMs = 0;
  try {
    await retryLockConflicts(run, step, (progress) => {
      last = progress;
      return inStepTransaction(run, async () => {
        durationMs = await applyStep(run, step, isLast, progress);
      });
    });
  } catch (error) {
    const failure = failureOf(error, step, last?.statement);
    if (isStatementFailure(error, run.options.signal)) await noteFailed(run, step);
    throw failure;
  }
  run.options.onEvent?.({ kind: 'step-applied', tag: step.tag, durationMs });
}

/** Answers how long it took, in milliseconds. */
async function applyStep(run: Run, step: RunnableStep, isLast: boolean, progress: Progress): Promise<number> {
  const { query } = run.session;
  const { signal, invariants } = run.options;
  const start = performance.now();
  for (const table of step.mustBeEmpty) await assertEmpty(run.session, step, table);
  for (const statement of step.statements.slice(step.resumeAt - 1)) {
    await refuseInvalidIndex(query, step, statement);
    await execute(run, step, statement, progress);
  }
  progress.statement = undefined;
  await handOver(query);
  const durationMs = performance.now() - start;
  await recordApplied(query, step, {
    statements: step.statements.length,
    durationMs,
    confirmation: run.confirmations.get(step.tag),
  });
  if (isLast && invariants) await assertInvariants(query, invariants, step);
  if (signal?.aborted) throw interrupted(step.tag);
  return durationMs;
}
