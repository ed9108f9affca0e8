import { type InferSelectModel, getTableColumns, sql } from 'drizzle-orm';
import { rowVersion } from '../../database/index.js';
import { quoteLines } from './quote-lines.schema.js';
import { quotes } from './quotes.schema.js';

const { tenantId: _tenant, deletedAt: _deleted, ...own } = getTableColumns(quotes);

/** A quote's own columns, and its version for `ETag`. */
export const QUOTE_COLUMNS = { ...own, etag: rowVersion(quotes) };
export type QuoteRow = Omit<InferSelectModel<typeof quotes>, 'tenantId' | 'deletedAt'> & { etag: string };

const {
  tenantId: _lineTenant,
  quoteId: _quote,
  createdAt: _created,
  updatedAt: _updated,
  deletedAt: _gone,
  ...ofLine
} = getTableColumns(quoteLines);

/** A line as `QuoteLine` has it. */
export const LINE_COLUMNS = ofLine;

/** For `set()`: the row is another one now. */
export const TOUCHED = { updatedAt: sql`now()` };
