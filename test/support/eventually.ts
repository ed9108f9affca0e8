import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition: repeats `assert` until it passes, or throws its last error after `deadlineMs`. */
export async function eventually<T>(assert: () => T | Promise<T>, deadlineMs = 15_000): Promise<T> {
  for (const giveUpAt = Date.now() + deadlineMs; ;) {
    try {
      return await assert();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await sleep(10);
    }
  }
}
