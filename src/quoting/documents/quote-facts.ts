import type { LineContent, QuoteContent } from '../quotes/quotes.types.js';
import type { QuoteStatus } from '../quotes/quote-states.js';

/**
 * All that a document is made from. What is no customer's business (internal notes, costs, metadata, who works on it, where
 * a rate comes from) is not even read.
 */
export interface QuoteFacts {
  /** The tenant's name. */
  seller: string;
  /** The status of today, `statusOn()`. */
  status: QuoteStatus;
  quote: Pick<QuoteContent, QuoteField> & {
    number: string;
    version: number;
    acceptedAt: string | null;
    acceptedByName: string | null;
    acceptedByRole: string | null;
  };
  customer: CustomerFacts;
  project: { code: string; name: string } | null;
  /** In the order of their numbers. */
  lines: readonly LineFacts[];
}

export interface CustomerFacts {
  number: string;
  companyName: string;
  legalName: string | null;
  taxId: string | null;
  addressLine1: string | null;
  addressLine2: string | null;
  city: string | null;
  region: string | null;
  postalCode: string | null;
  country: string | null;
}

export type LineFacts = Pick<LineContent, LineField>;

type QuoteField =
  | 'title'
  | 'description'
  | 'validFrom'
  | 'validUntil'
  | 'currency'
  | 'pricesIncludeTax'
  | 'discountType'
  | 'discountValue'
  | 'subtotal'
  | 'discountAmount'
  | 'totalAmount'
  | 'terms'
  | 'notes';

type LineField =
  | 'lineNumber'
  | 'sku'
  | 'description'
  | 'quantity'
  | 'unit'
  | 'unitPrice'
  | 'discountType'
  | 'discountValue'
  | 'taxRate'
  | 'net'
  | 'tax';
