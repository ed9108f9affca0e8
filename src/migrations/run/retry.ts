import { setTimeout as sleep } from 'node:timers/promises';
import { type Progress, type Run } from './execute.js';
import { isLockConflict, lockNotObtained, sqlStateOf } from './failure.js';
import { defaultLockDeadlineMs } from './lock.js';
import type { RunnableStep } from './parse-step.js';

const delayMs = { first: 200, most: 5_000 };

/**
 * Tries until no other session is in the way (55P03, 40P01). Between two attempts nothing is held, so that those who
 * queued up behind us go on.
 * @throws MigrationError (LOCK_NOT_OBTAINED) at the deadline; any other error at once.
 */
export async function retryLockConflicts(
  { options }: Run,
  step: RunnableStep,
  attempt: (progress: Progress) => Promise<void>,
): Promise<void> {
  const { lockDeadlineMs = defaultLockDeadlineMs, onEvent, signal } = options;
  const giveUpAt = Date.now() + lockDeadlineMs;
  for (let attempts = 1; ; attempts += 1) {
    const progress: Progress = { blockers: [] };
    try {
      return await attempt(progress);
    } catch (error) {
      if (!isLockConflict(error)) throw error;
      const { blockers, statement } = progress;
      const delay = jittered(attempts);
      if (Date.now() + delay > giveUpAt) throw lockNotObtained(step, statement, attempts, blockers, error);
      const sqlState = sqlStateOf(error) ?? '';
      onEvent?.({ kind: 'retry', tag: step.tag, attempt: attempts, delayMs: delay, sqlState, blockers });
      await sleep(delay, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Two runners, or a runner and a job that comes back each minute, must not meet for ever. */
const jittered = (attempts: number): number =>
  Math.round(Math.min(delayMs.most, delayMs.first * 2 ** (attempts - 1)) * (0.5 + Math.random()));
