import { recordFailed } from '../ledger/record-progress.js';
import type { Run } from './execute.js';
import type { RunnableStep } from './parse-step.js';
import { inStepTransaction } from './step-transaction.js';

/**
 * Notes in the ledger that a step was stopped by an error. Where that cannot be written, the step stays what it was, pending or
 * running, and the next run takes it up all the same: what stopped it is the error to tell.
 */
export async function noteFailed(run: Run, step: RunnableStep): Promise<void> {
  await inStepTransaction(run, () => recordFailed(run.session.query, step, step.statements.length)).catch(
    () => undefined,
  );
}
