import { Injectable, Logger } from '@nestjs/common';
import { StatementError } from './database-errors.js';

export interface QueryLogSettings {
  /** Milliseconds from which a statement is logged as slow; 0: never. */
  slowQueryMs: number;
  /** Log the text of every statement: development only. */
  logQueries: boolean;
}

/** Slow, failed and (in development) all statements. Parameters never appear: they are the tenants' data. */
@Injectable()
export class QueryLog {
  private readonly logger = new Logger('Database');

  constructor(private readonly settings: QueryLogSettings) {}

  ran(
    text: string,
    digest: string,
    durationMs: number,
    tenantId: string | undefined,
    error: Error | undefined,
  ): void {
    const { slowQueryMs, logQueries } = this.settings;
    const isSlow = slowQueryMs > 0 && durationMs >= slowQueryMs;
    if (!isSlow && !logQueries) return;
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

  /** A connection was lost while nobody, or somebody, used it: the pool replaces it. */
  connectionLost(error: Error): void {
    this.logger.warn({ msg: 'database connection lost', reason: error.message });
  }

  afterCommitFailed(error: unknown): void {
    this.logger.error({ msg: 'work after commit failed', err: error });
  }

  detachedCommitFailed(error: unknown): void {
    this.logger.warn({ msg: 'COMMIT of an answered read failed', reason: (error as Error).message });
  }
}
