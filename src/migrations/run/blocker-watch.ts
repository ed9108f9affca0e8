import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '../client.js';
import { queryOf } from '../run-query.js';
import { blockersOf } from './blockers.js';
import type { Blocker } from './event.js';
import type { MigrationSession } from './session.js';

const pollMs = 500;

/**
 * Runs a statement, and tells from a second connection whom it waits for: only while it waits can PostgreSQL say so.
 * Most statements are done before that connection is even opened.
 */
export async function watchBlockers<T>(
  { connection, pid }: MigrationSession,
  onBlocked: (blockers: Blocker[]) => void,
  statement: () => Promise<T>,
): Promise<T> {
  const done = new AbortController();
  const watching = watch();
  try {
    return await statement();
  } finally {
    done.abort();
    await watching;
  }

  async function watch(): Promise<void> {
    try {
      await sleep(pollMs, undefined, { signal: done.signal });
      await withClient(connection, async (client) => {
        let told = '';
        while (!done.signal.aborted) {
          const blockers = await blockersOf(queryOf(client), pid);
          const pids = blockers.map((blocker) => blocker.pid).join();
          if (blockers.length > 0 && pids !== told) onBlocked(blockers);
          told = pids;
          await sleep(pollMs, undefined, { signal: done.signal });
        }
      });
    } catch {
      // The statement is done; or there is no connection left to ask on, and the run goes on without knowing.
    }
  }
}
