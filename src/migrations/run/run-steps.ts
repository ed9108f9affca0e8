import type { Run } from './execute.js';
import { interrupted } from './interrupt.js';
import type { RunnableStep } from './parse-step.js';
import { runStatementByStatement } from './statement-by-statement.js';
import { runInTransaction } from './transactional-step.js';

/** Runs the steps in their order, and nothing after one that fails. */
export async function runSteps(run: Run, steps: RunnableStep[]): Promise<void> {
  const lastTransactional = steps.findLastIndex(({ isTransactional }) => isTransactional);
  for (const [index, step] of steps.entries()) {
    if (run.options.signal?.aborted) throw interrupted(step.tag);
    const { tag, resumeAt } = step;
    run.options.onEvent?.({
      kind: 'step-started',
      tag,
      step: index + 1,
      steps: steps.length,
      ...(resumeAt > 1 && { resumedAt: resumeAt }),
    });
    if (step.isTransactional) await runInTransaction(run, step, index === lastTransactional);
    else await runStatementByStatement(run, step);
  }
}
