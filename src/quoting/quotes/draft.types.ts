import type { Metadata } from '../../database/index.js';
import type { LineContent, QuoteContent } from './quotes.types.js';

type Figure = 'subtotal' | 'discountAmount' | 'taxAmount' | 'totalAmount';

/** What a quote says, before anything is calculated. */
export type QuoteTerms = Omit<QuoteContent, Figure>;

/** A line that has its rate and its tax rate, before anything is calculated. */
export interface LineDraft extends Omit<LineContent, 'net' | 'tax' | 'total'> {
  id: string;
  metadata: Metadata;
}

/** A line with its figures, as it is stored. */
export interface QuoteLine extends LineContent {
  id: string;
  metadata: Metadata;
}
