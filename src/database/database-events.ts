import { Logger } from '@nestjs/common';
import type { Activity } from './activity.js';
import type { DatabaseErrorCode } from './database-errors.js';

export type Plane = 'tenant' | 'control';

/**
 * `aborted`: a swallowed error made COMMIT a ROLLBACK. `unknown`: the connection was lost around COMMIT.
 * `unavailable`: it never had a connection. `cancelled`: from outside, because the client went away or waited too long.
 */
export const TRANSACTION_OUTCOMES = [
  'committed',
  'rolled_back',
  'aborted',
  'unknown',
  'unavailable',
  'cancelled',
] as const;
export type TransactionOutcome = (typeof TRANSACTION_OUTCOMES)[number];

/** A transaction, from its first statement on; one that never queries is not told. */
export interface TransactionFacts {
  readonly plane: Plane;
  readonly access: 'read' | 'write';
  readonly tenantId: string | undefined;
  /** The request it belongs to. */
  readonly activity: Activity | undefined;
}

export interface StatementFacts {
  readonly transaction: TransactionFacts;
  /** With placeholders, but literals may stand in it where a service wrote them: not for logs or traces. */
  readonly text: string;
  readonly digest: string;
  /** `performance.now()`. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly error: Error | undefined;
}

/** What happens in the database room, for logs, metrics and traces. Called in the middle of requests: must be quick. */
export interface DatabaseObserver {
  /** `startedAt`: `performance.now()` of its first statement. */
  transactionBegan?(transaction: TransactionFacts, startedAt: number): void;
  statementRan?(statement: StatementFacts): void;
  /** `durationMs`: since the first statement. */
  transactionEnded?(transaction: TransactionFacts, outcome: TransactionOutcome, durationMs: number): void;
  /** It will run once more after a serialization failure or deadlock. */
  transactionRetried?(plane: Plane): void;
  /** A use of the database that only a mistake in our own code can make, and that was refused. */
  leaseViolated?(code: DatabaseErrorCode): void;
  /** No connection: the queue was full, or the wait too long. */
  queueRefused?(plane: Plane, reason: 'full' | 'timeout'): void;
  /** A connection was lost while nobody, or somebody, used it: the pool replaces it. */
  connectionLost?(plane: Plane, error: Error): void;
  rollbackFailed?(error: unknown): void;
  afterCommitFailed?(error: unknown): void;
  detachedCommitFailed?(error: unknown): void;
}

/** Tells all observers what happens. One that throws changes nothing of the transaction it watched. */
export class DatabaseEvents {
  private readonly logger = new Logger('Database');

  constructor(private readonly observers: DatabaseObserver[]) {}

  subscribe(observer: DatabaseObserver): void {
    this.observers.push(observer);
  }

  tell<E extends keyof DatabaseObserver>(
    event: E,
    ...facts: Parameters<NonNullable<DatabaseObserver[E]>>
  ): void {
    for (const observer of this.observers) {
      try {
        (observer[event] as ((...facts: unknown[]) => void) | undefined)?.apply(observer, facts);
      } catch (error) {
        this.logger.error({ msg: 'an observer of the database failed', event, err: error });
      }
    }
  }
}
