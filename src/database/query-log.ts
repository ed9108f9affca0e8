import { Logger } from '@nestjs/common';
import type { DatabaseObserver, Plane, StatementFacts } from './database-events.js';
import { StatementError } from './database-errors.js';

export interface QueryLogSettings {
  /** Milliseconds from which a statement is logged as slow; 0: never. */
  slowQueryMs: number;
  /** Log the text of every statement: development only. */
  logQueries: boolean;
}

/** Slow, failed and (in development) all statements. Parameters never appear: they are the tenants' data. */
export class QueryLog implements DatabaseObserver {
  private readonly logger = new Logger('Database');

  constructor(private readonly settings: QueryLogSettings) {}

  statementRan({ transaction, text, digest, durationMs, error }: StatementFacts): void {
    const { slowQueryMs, logQueries } = this.settings;
    const isSlow = slowQueryMs > 0 && durationMs >= slowQueryMs;
    if (!isSlow && !logQueries) return;
    const { tenantId } = transaction;
    const sqlState = error instanceof StatementError ? error.sqlState : undefined;
    const entry = { digest, durationMs: Math.round(durationMs * 10) / 10, tenantId, sqlState };
    if (isSlow) this.logger.warn({ msg: 'slow query', ...entry });
    if (logQueries) this.logger.log({ msg: 'query', ...entry, text });
  }

  rollbackFailed(error: unknown): void {
    this.logger.warn({
      msg: 'ROLLBACK failed; the connection is destroyed',
      reason: (error as Error).message,
    });
  }

  connectionLost(plane: Plane, error: Error): void {
    this.logger.warn({ msg: 'database connection lost', pool: plane, reason: error.message });
  }

  afterCommitFailed(error: unknown): void {
    this.logger.error({ msg: 'work after commit failed', err: error });
  }

  detachedCommitFailed(error: unknown): void {
    this.logger.warn({ msg: 'COMMIT of an answered read failed', reason: (error as Error).message });
  }
}
