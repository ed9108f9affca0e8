import type { DatabaseEvents, TransactionFacts, TransactionOutcome } from './database-events.js';
import { DatabaseError, type DatabaseErrorCode } from './database-errors.js';
import type { Statement } from './statements.js';

/** What one transaction tells the observers, and counts on its activity. */
export class TransactionReport {
  private startedAt: number | undefined;

  constructor(
    private readonly events: DatabaseEvents,
    private readonly transaction: TransactionFacts,
  ) {}

  /** Answers `performance.now()`. */
  statementBegan(): number {
    const now = performance.now();
    if (this.startedAt === undefined) {
      this.startedAt = now;
      this.events.tell('transactionBegan', this.transaction, now);
    }
    const { activity } = this.transaction;
    if (activity) {
      activity.statements++;
      activity.waitBegan(now);
    }
    return now;
  }

  statementEnded(text: string, digest: string, startedAt: number, error: Error | undefined): void {
    const { transaction } = this;
    const now = performance.now();
    transaction.activity?.waitEnded(now);
    const durationMs = now - startedAt;
    this.events.tell('statementRan', { transaction, text, digest, startedAt, durationMs, error });
  }

  /** Counts the time until `work` is done. */
  async waiting(work: () => Promise<void>): Promise<void> {
    this.transaction.activity?.waitBegan(performance.now());
    try {
      await work();
    } finally {
      this.transaction.activity?.waitEnded(performance.now());
    }
  }

  /** Told once, and only of a transaction that had begun. */
  ended(outcome: TransactionOutcome): void {
    if (this.startedAt === undefined) return;
    this.events.tell('transactionEnded', this.transaction, outcome, performance.now() - this.startedAt);
    this.startedAt = undefined;
  }

  rollbackFailed(error: unknown): void {
    this.events.tell('rollbackFailed', error);
  }

  /** @throws `TENANT_TX_STATEMENT` for what the next tenant could find on the connection, or what would end the transaction */
  refuseOutside({ digest, staysInside }: Statement): void {
    if (staysInside) return;
    const message = `Statement ${digest} could outlive or end its transaction and was not sent; send queries and savepoints`;
    throw this.violation('TENANT_TX_STATEMENT', message);
  }

  /** Tells of a mistake in our own code, and makes the error that refuses it. */
  violation(code: DatabaseErrorCode, message: string, options?: ErrorOptions): DatabaseError {
    this.events.tell('leaseViolated', code);
    return new DatabaseError(code, message, options);
  }

  busy(reason: 'full' | 'timeout', message: string): DatabaseError {
    this.events.tell('queueRefused', this.transaction.plane, reason);
    return new DatabaseError('DATABASE_BUSY', message);
  }
}
