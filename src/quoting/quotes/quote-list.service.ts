import { Injectable } from '@nestjs/common';
import { type SQL, and, desc, eq, gte, inArray, isNull, lt, lte, or } from 'drizzle-orm';
import { TenantDatabase, matchesMetadata } from '../../database/index.js';
import { type Page, pageOf, positionOf } from '../../http/index.js';
import { has, mentions } from '../lists.js';
import { dayOf, statusOn } from './expiry.js';
import { QUOTE_COLUMNS } from './quote-columns.js';
import { QUOTE_STATUSES, type QuoteStatus } from './quote-states.js';
import type { QuoteSummaryDto } from './quote-answers.dto.js';
import type { QuotesQuery } from './quotes.dto.js';
import { quotes } from './quotes.schema.js';

const SUMMARY = {
  id: QUOTE_COLUMNS.id,
  number: QUOTE_COLUMNS.number,
  customerId: QUOTE_COLUMNS.customerId,
  projectId: QUOTE_COLUMNS.projectId,
  title: QUOTE_COLUMNS.title,
  type: QUOTE_COLUMNS.type,
  status: QUOTE_COLUMNS.status,
  validFrom: QUOTE_COLUMNS.validFrom,
  validUntil: QUOTE_COLUMNS.validUntil,
  currency: QUOTE_COLUMNS.currency,
  totalAmount: QUOTE_COLUMNS.totalAmount,
  version: QUOTE_COLUMNS.version,
  createdBy: QUOTE_COLUMNS.createdBy,
  metadata: QUOTE_COLUMNS.metadata,
  createdAt: QUOTE_COLUMNS.createdAt,
  updatedAt: QUOTE_COLUMNS.updatedAt,
};

/** The lists of the calling tenant's quotes, newest first. */
@Injectable()
export class QuoteList {
  constructor(private readonly db: TenantDatabase) {}

  async list(query: QuotesQuery): Promise<Page<QuoteSummaryDto>> {
    const today = dayOf(new Date());
    const after = positionOf('quotes', query);
    const rows = await this.db
      .select(SUMMARY)
      .from(quotes)
      .where(
        and(
          isNull(quotes.deletedAt),
          query.status && isOnDay(query.status, today),
          has(quotes.customerId, query.customer),
          has(quotes.projectId, query.project),
          mentions(query.q, quotes.number, quotes.title),
          query.validFrom === undefined ? undefined : gte(quotes.validFrom, query.validFrom),
          query.validUntil === undefined ? undefined : lte(quotes.validUntil, query.validUntil),
          has(quotes.createdBy, query.createdBy),
          matchesMetadata(quotes.metadata, query.metadata),
          after === undefined ? undefined : lt(quotes.id, after),
        ),
      )
      .orderBy(desc(quotes.id))
      .limit(query.limit + 1);
    const found = rows.map((row) => ({ ...row, status: statusOn(row, today) }));
    return pageOf('quotes', query, found);
  }
}

/** Those that the clock can end. */
const EXPIRING = QUOTE_STATUSES.filter(
  (status) => statusOn({ status, validUntil: '0001-01-01' }, '0001-01-02') !== status,
);

/** What a quote is on that day, as a condition: `statusOn()` in SQL, for quotes that the sweep has not met yet. */
function isOnDay(status: QuoteStatus, day: string): SQL | undefined {
  if (status === 'expired')
    return or(eq(quotes.status, status), and(inArray(quotes.status, EXPIRING), lt(quotes.validUntil, day)));
  return EXPIRING.includes(status)
    ? and(eq(quotes.status, status), gte(quotes.validUntil, day))
    : eq(quotes.status, status);
}
