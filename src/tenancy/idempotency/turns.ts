import { setTimeout as sleep } from 'node:timers/promises';
import { idempotencyProblems } from './idempotency.problems.js';

/**
 * Within this process, those who bring the same key take turns in memory: fifty at once hold one connection, not fifty.
 * Between processes the lock in the database decides.
 */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  /** Runs `work` once all before it under this name have settled. Throws `IDEMPOTENCY_KEY_IN_USE` after `waitMs`. */
  async take<T>(name: string, waitMs: number, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(name);
    const mine = Promise.withResolvers<void>();
    this.append(name, before, mine.promise);
    try {
      if (before && !(await settlesWithin(before, waitMs))) throw idempotencyProblems.keyInUse();
      return await work();
    } finally {
      mine.resolve();
    }
  }

  /** Behind all before it: whoever gives up waiting does not let the next one pass those who still run. */
  private append(name: string, before: Promise<void> | undefined, mine: Promise<void>): void {
    const end = before ? before.then(() => mine) : mine;
    this.last.set(name, end);
    void end.finally(() => {
      if (this.last.get(name) === end) this.last.delete(name);
    });
  }

  /** How many names somebody holds or waits for. */
  get size(): number {
    return this.last.size;
  }
}

async function settlesWithin(promise: Promise<void>, waitMs: number): Promise<boolean> {
  const settled = new AbortController();
  const timeout = sleep(waitMs, false, { signal: settled.signal }).catch(() => false);
  try {
    return await Promise.race([promise.then(() => true), timeout]);
  } finally {
    settled.abort();
  }
}
