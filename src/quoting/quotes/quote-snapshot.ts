import type { LineSnapshot, QuoteSnapshot } from '../versions/snapshot.types.js';
import type { QuoteLine } from './draft.types.js';
import type { QuoteContent } from './quotes.types.js';

/** What a quote says, to be compared; nothing else of its row. */
export const snapshotOf = (row: QuoteContent, lines: readonly QuoteLine[]): QuoteSnapshot => ({
  quote: contentOf(row),
  lines: lines.map(({ id, metadata: _metadata, ...content }): LineSnapshot => ({ lineId: id, ...content })),
});

export const contentOf = (row: QuoteContent): QuoteContent => ({
  customerId: row.customerId,
  projectId: row.projectId,
  title: row.title,
  description: row.description,
  type: row.type,
  validFrom: row.validFrom,
  validUntil: row.validUntil,
  currency: row.currency,
  exchangeRate: row.exchangeRate,
  pricesIncludeTax: row.pricesIncludeTax,
  discountType: row.discountType,
  discountValue: row.discountValue,
  subtotal: row.subtotal,
  discountAmount: row.discountAmount,
  taxAmount: row.taxAmount,
  totalAmount: row.totalAmount,
  terms: row.terms,
  notes: row.notes,
  internalNotes: row.internalNotes,
});
