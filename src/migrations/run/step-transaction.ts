import { assertLocked } from './lock.js';
import { assertSameBackend } from './pooler.js';
import type { Run } from './execute.js';
import { resetSession } from './session.js';

export const lockTimeoutMs = 2_000;
const defaultStatementTimeoutMs = 600_000;

/**
 * One transaction with time-outs of its own. A statement that waits for a lock makes everybody behind it wait as well,
 * so it gives up soon.
 */
export async function inStepTransaction({ session, options }: Run, work: () => Promise<void>): Promise<void> {
  const { client } = session;
  const { statementTimeoutMs = defaultStatementTimeoutMs } = options;
  await resetSession(client);
  await client.query('BEGIN');
  try {
    await assertSameBackend(session);
    await assertLocked(session);
    await client.query(
      `SET LOCAL lock_timeout = ${lockTimeoutMs}; SET LOCAL statement_timeout = ${statementTimeoutMs}`,
    );
    await work();
    await assertLocked(session);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
