import { Injectable, Logger } from '@nestjs/common';
import { and, count, desc, eq, getTableColumns, inArray, lt, sql } from 'drizzle-orm';
import { ControlDatabase, Transactions } from '../../database/index.js';
import { type Page, pageOf, positionOf } from '../../http/index.js';
import { Metrics } from '../../observability/index.js';
import type { DeliveriesQuery, GithubDeliveryDto } from './deliveries.dto.js';
import { githubDeliveries } from './deliveries.schema.js';
import type { Claim } from './handle-delivery.service.js';
import { MAX_ATTEMPTS, retryDelayMs } from './retry-delay.js';

const WAITING = ['received', 'failed'] as const;
const MAX_ERROR = 500;
/** Whoever asks for all figures does not wait longer for a database that keeps silent. */
const COUNT_MS = 1_000;
const KEPT_DAYS = 30;
const BATCH_ROWS = 1_000;

/** All but the bytes. */
const {
  payload: _payload,
  digest: _digest,
  nextAttemptAt: _nextAttemptAt,
  ...COLUMNS
} = getTableColumns(githubDeliveries);

/** Deliveries that are not handled yet, or could not be. */
@Injectable()
export class Backlog {
  private readonly logger = new Logger('GitHub');

  constructor(
    private readonly db: ControlDatabase,
    private readonly transactions: Transactions,
    metrics: Metrics,
  ) {
    metrics.gauge(
      'github_deliveries_backlog',
      'Deliveries of GitHub that wait to be handled, and those that failed, in the database that all processes share',
      ['status'],
      async (gauge) => {
        for (const [status, size] of await this.sizes()) gauge.set({ status }, size);
      },
    );
  }

  /** Puts the next attempt off, or gives up after the last. Answers whether it gave up. */
  async noteFailure({ id, attempt }: Claim, error: Error): Promise<boolean> {
    const isLast = attempt >= MAX_ATTEMPTS;
    const lastError = error.message.slice(0, MAX_ERROR);
    const nextAttemptAt = sql`now() + make_interval(secs => ${retryDelayMs(attempt) / 1_000})`;
    await this.transactions.withControl({ access: 'write' }, () =>
      this.db
        .update(githubDeliveries)
        .set(isLast ? { status: 'failed', lastError } : { lastError, nextAttemptAt })
        .where(and(eq(githubDeliveries.id, id), eq(githubDeliveries.attempts, attempt))),
    );
    return isLast;
  }

  /** On the control plane. */
  async list(query: DeliveriesQuery): Promise<Page<GithubDeliveryDto>> {
    const after = positionOf('github deliveries', query);
    const rows = await this.db
      .select(COLUMNS)
      .from(githubDeliveries)
      .where(
        and(
          query.status === undefined ? undefined : eq(githubDeliveries.status, query.status),
          after === undefined ? undefined : lt(githubDeliveries.id, after),
        ),
      )
      .orderBy(desc(githubDeliveries.id))
      .limit(query.limit + 1);
    return pageOf('github deliveries', query, rows);
  }

  /** Handle it again, from its first attempt on. False: there is no such delivery. On the control plane. */
  async replay(id: string): Promise<boolean> {
    const rows = await this.db
      .update(githubDeliveries)
      .set({ status: 'received', attempts: 0, nextAttemptAt: sql`now()` })
      .where(eq(githubDeliveries.id, id))
      .returning({ id: githubDeliveries.id });
    return rows.length > 0;
  }

  /**
   * Deletes a batch of what was handled so long ago that GitHub sends none of it again, and of what waits so long for a tenant:
   * GitHub is asked when one comes, and knows better. Answers how many went. What failed stays.
   */
  async forget(): Promise<number> {
    const { id, receivedAt, status } = githubDeliveries;
    return this.transactions.withControl({ access: 'write' }, async () => {
      const old = this.db
        .select({ id })
        .from(githubDeliveries)
        .where(
          and(
            lt(receivedAt, sql`now() - make_interval(days => ${KEPT_DAYS})`),
            inArray(status, ['processed', 'ignored', 'unbound']),
          ),
        )
        .orderBy(receivedAt)
        .limit(BATCH_ROWS)
        .for('update', { skipLocked: true });
      const { rowCount } = await this.db.delete(githubDeliveries).where(inArray(id, old));
      return rowCount ?? 0;
    });
  }

  /** Where the database cannot say, the other figures are told all the same. */
  private async sizes(): Promise<[string, number][]> {
    try {
      const signal = AbortSignal.timeout(COUNT_MS);
      const rows = await this.transactions.withControl({ access: 'read', signal }, () =>
        this.db
          .select({ status: githubDeliveries.status, size: count() })
          .from(githubDeliveries)
          .where(inArray(githubDeliveries.status, [...WAITING]))
          .groupBy(githubDeliveries.status),
      );
      const found = new Map<string, number>(rows.map(({ status, size }) => [status, size]));
      return WAITING.map((status) => [status, found.get(status) ?? 0]);
    } catch (error) {
      this.logger.warn({ msg: 'the backlog cannot be counted', reason: (error as Error).message });
      return [];
    }
  }
}
