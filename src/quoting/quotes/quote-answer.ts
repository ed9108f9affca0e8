import { withETag } from '../../http/index.js';
import { decimal, FORMATS, toText } from '../../money/index.js';
import { taxBreakdown } from '../pricing/tax-breakdown.js';
import type { QuoteLine } from './draft.types.js';
import { dayOf, statusOn } from './expiry.js';
import type { QuoteRow } from './quote-columns.js';
import type { QuoteDto, TaxDto } from './quote-answers.dto.js';

/** A quote and its lines as they are answered: with the status of today, and what follows from the figures. */
export const quoteAnswer = (row: QuoteRow, lines: readonly QuoteLine[]): QuoteDto =>
  withETag({
    ...row,
    status: statusOn(row, dayOf(new Date())),
    netAmount: netAmount(row),
    taxes: taxesOf(lines),
    lines: [...lines],
  });

/** What the tax is on. */
export const netAmount = (row: { subtotal: string; discountAmount: string }): string =>
  toText(decimal(row.subtotal).minus(decimal(row.discountAmount)), FORMATS.amount);

/** By rate, from the figures that the lines have. */
export const taxesOf = (lines: readonly Pick<QuoteLine, 'taxRate' | 'net' | 'tax'>[]): TaxDto[] =>
  taxBreakdown(
    lines.map(({ taxRate, net, tax }) => ({
      taxRate: decimal(taxRate),
      net: decimal(net),
      tax: decimal(tax),
    })),
  );
