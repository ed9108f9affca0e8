import { setTimeout as sleep } from 'node:timers/promises';
import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import { holdersOf } from './blockers.js';
import { blockerInWords, type OnEvent } from './event.js';
import { interrupted } from './interrupt.js';
import type { MigrationSession } from './session.js';

const pollMs = 200;
const toldEveryMs = 5_000;
export const defaultLockDeadlineMs = 60_000;

export interface LockOptions {
  /** How long to wait for other processes, in milliseconds. Default 60,000. */
  lockDeadlineMs?: number | undefined;
  onEvent?: OnEvent | undefined;
  /** Stops waiting. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs `work` while this session alone may change the schema or the ledger of this database; every command that writes
 * to either goes through here.
 * @throws MigrationError LOCK_NOT_OBTAINED at the deadline, naming who holds it; INTERRUPTED when `signal` is aborted.
 */
export async function withMigrationLock<T>(
  session: MigrationSession,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const key = await lockKey(session);
  await takeLock(session, key, options);
  try {
    return await work();
  } finally {
    // The connection may be gone, and with it the lock.
    await session.client.query('SELECT pg_advisory_unlock($1)', [key]).catch(() => undefined);
  }
}

/**
 * Inside a transaction, before anything is written and again before the COMMIT: a step may have given the lock away
 * (`pg_advisory_unlock_all()`), and another run may be at the same steps.
 * @throws MigrationError (LOCK_NOT_OBTAINED), which rolls the transaction back.
 */
export async function assertLocked(session: MigrationSession): Promise<void> {
  const holders = await holdersOf(session.query, await lockKey(session));
  if (holders.some(({ pid }) => pid === session.pid)) return;
  throw new MigrationError(ExitCode.LOCK_NOT_OBTAINED, 'The lock on the migrations was lost during the run', {
    hint: 'A statement of the step has released it: pg_advisory_unlock_all(), or DISCARD ALL.',
    remedy: 'remove that statement, and run "npm run db:migrate" again',
  });
}

/** Of the database and the schema of the ledger, as the text of a bigint. */
async function lockKey({ query }: MigrationSession): Promise<string> {
  const { rows } = await query(
    `SELECT hashtextextended(current_database() || '.rowhouse.migrations', 0)::text AS key`,
  );
  return String(rows[0]?.['key']);
}

/** Polled: a session that waits inside pg_advisory_lock() holds a snapshot and blocks CREATE INDEX CONCURRENTLY. */
async function takeLock(
  { query }: MigrationSession,
  key: string,
  { lockDeadlineMs = defaultLockDeadlineMs, onEvent, signal }: LockOptions,
): Promise<void> {
  const start = Date.now();
  let toldAt = 0;
  for (;;) {
    if (signal?.aborted) throw interrupted();
    const { rows } = await query('SELECT pg_try_advisory_lock($1) AS taken', [key]);
    if (rows[0]?.['taken'] === true) return;
    const isOver = Date.now() - start >= lockDeadlineMs;
    if (isOver || Date.now() - toldAt >= toldEveryMs) {
      const holders = await holdersOf(query, key);
      if (isOver) throw notObtained(lockDeadlineMs, holders.map(blockerInWords));
      onEvent?.({ kind: 'lock-waiting', holders });
      toldAt = Date.now();
    }
    // An abort is noticed at the top of the loop.
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

const notObtained = (deadlineMs: number, holders: string[]) =>
  new MigrationError(
    ExitCode.LOCK_NOT_OBTAINED,
    `Another process has been migrating this database for ${deadlineMs / 1000} s`,
    {
      ...(holders.length > 0 && { detail: `The lock is held by ${holders.join('; ')}` }),
      remedy:
        'wait for that process and run "npm run db:migrate" again, or wait longer with --lock-timeout; a session whose ' +
        'process is gone can be ended with SELECT pg_terminate_backend(<pid>)',
    },
  );
