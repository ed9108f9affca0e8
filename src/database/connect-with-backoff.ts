import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { unavailable } from './database-errors.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Waits until the pool can reach its database: tries again with exponential back-off (100 ms doubled up to 5 s).
 * Rejects with `DATABASE_UNAVAILABLE` after `deadlineMs`, with the last reason.
 */
export async function connectWithBackoff(
  pool: Pool,
  deadlineMs: number,
  onRetry: (reason: string, pauseMs: number) => void,
): Promise<void> {
  const giveUpAt = Date.now() + deadlineMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      (await pool.connect()).release();
      return;
    } catch (error) {
      if (Date.now() + pauseMs > giveUpAt || isHopeless(error)) throw unavailable(error);
      onRetry((error as Error).message, pauseMs);
      await sleep(pauseMs);
    }
  }
}

/** Wrong password, unknown role or database: waiting does not mend these. */
const isHopeless = (error: unknown) =>
  ['28P01', '28000', '3D000'].includes((error as { code?: string }).code ?? '');
