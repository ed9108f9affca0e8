import { Injectable } from '@nestjs/common';
import { type SQL, and, eq, isNull } from 'drizzle-orm';
import { TenantDatabase } from '../../database/index.js';
import { Precondition } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { quotingProblems } from '../quoting.problems.js';
import { writeVersion } from '../versions/write-version.queries.js';
import type { QuoteLine } from './draft.types.js';
import { dayOf, statusOn } from './expiry.js';
import { QUOTE_COLUMNS, type QuoteRow, TOUCHED } from './quote-columns.js';
import { linesOf, storeLines } from './quote-lines.queries.js';
import type { QuoteStatus } from './quote-states.js';
import { quotes } from './quotes.schema.js';

/** A quote that waits for nobody else until the transaction ends. */
export interface LockedQuote {
  row: QuoteRow;
  /** What it is today: decide by this, never by `row.status`. */
  status: QuoteStatus;
  lines: QuoteLine[];
}

/** Columns of a quote that become others. */
export type QuoteChange = Partial<typeof quotes.$inferInsert>;

/** Reads and writes the quotes of the calling tenant, each with its lines. Every change begins with `lock()`. */
@Injectable()
export class QuoteStore {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  /** Throws `QUOTE_NOT_FOUND`. */
  async find(id: string): Promise<{ row: QuoteRow; lines: QuoteLine[] }> {
    const [[row], lines] = await Promise.all([
      this.db.select(QUOTE_COLUMNS).from(quotes).where(live(id)),
      linesOf(this.db, id),
    ]);
    if (!row) throw quotingProblems.quoteNotFound();
    return { row, lines };
  }

  /** Throws `QUOTE_NOT_FOUND`. For what belongs to a quote and is read without it. */
  async mustExist(id: string): Promise<void> {
    const rows = await this.db.select({ id: quotes.id }).from(quotes).where(live(id));
    if (rows.length === 0) throw quotingProblems.quoteNotFound();
  }

  /** Throws `QUOTE_NOT_FOUND`, `PRECONDITION_FAILED`. */
  async lock(id: string, ifMatch: Precondition = Precondition.NONE): Promise<LockedQuote> {
    const [[row], lines] = await Promise.all([
      this.db.select(QUOTE_COLUMNS).from(quotes).where(live(id)).for('update'),
      // In the same write, but a statement of its own: it sees what is there once the lock is held.
      linesOf(this.db, id),
    ]);
    if (!row) throw quotingProblems.quoteNotFound();
    ifMatch.refuseStale(row);
    return { row, status: statusOn(row, dayOf(new Date())), lines };
  }

  /** A new quote, without its lines. Sent when it is called: lines that are stored behind it find it there. */
  async insert(values: typeof quotes.$inferInsert): Promise<QuoteRow> {
    const [row] = await this.db.insert(quotes).values(values).returning(QUOTE_COLUMNS);
    return row!;
  }

  /** Columns of the quote itself; answers the row as it is then. */
  async update(id: string, change: QuoteChange): Promise<QuoteRow> {
    const [row] = await this.db
      .update(quotes)
      .set({ ...change, ...TOUCHED })
      .where(eq(quotes.id, id))
      .returning(QUOTE_COLUMNS);
    return row!;
  }

  /** Its lines become these. */
  storeLines(quoteId: string, before: readonly QuoteLine[], after: readonly QuoteLine[]): Promise<void> {
    return storeLines(this.db, { tenantId: this.context.current.tenantId, quoteId }, before, after);
  }

  /** Keeps what the quote says now, under the number that its row has. */
  writeVersion(quoteId: string, reason: string | null): Promise<void> {
    return writeVersion(this.db, { quoteId, createdBy: this.context.current.actor.id, reason });
  }

  record(verb: string, quoteId: string, newValues: Record<string, unknown>, reason?: string): Promise<void> {
    return this.audit.record({
      action: `quotes.${verb}`,
      entityType: 'quote',
      entityId: quoteId,
      newValues,
      ...(reason !== undefined && { reason }),
    });
  }
}

const live = (id: string): SQL | undefined => and(eq(quotes.id, id), isNull(quotes.deletedAt));
