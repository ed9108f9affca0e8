import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '../client.js';
import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import type { MigrationSession } from './session.js';

const cancelEveryMs = 200;

export const interrupted = (tag?: string, statement?: number): MigrationError =>
  new MigrationError(ExitCode.INTERRUPTED, 'Interrupted by a signal; what was not complete is rolled back', {
    ...(tag !== undefined && { tag }),
    ...(statement !== undefined && { statement }),
    remedy: 'run "npm run db:migrate" again: it continues where this run stopped',
  });

/**
 * Runs one statement that an abort cancels. Only statements of steps run through here, never a COMMIT: whether that one
 * took effect must not be left open.
 * @throws what the statement throws: after an abort SQLSTATE 57014.
 */
export async function cancellable<T>(
  { pid, connection }: MigrationSession,
  signal: AbortSignal | undefined,
  statement: () => Promise<T>,
): Promise<T> {
  const settled = new AbortController();
  // Repeated, since a cancel request that comes before its statement is lost.
  const cancel = async () => {
    while (!settled.signal.aborted) {
      await withClient(connection, (client) => client.query('SELECT pg_cancel_backend($1)', [pid]));
      await sleep(cancelEveryMs);
    }
  };
  const onAbort = () => void cancel().catch(() => undefined);
  if (signal?.aborted) throw interrupted();
  signal?.addEventListener('abort', onAbort);
  try {
    return await statement();
  } finally {
    settled.abort();
    signal?.removeEventListener('abort', onAbort);
  }
}
