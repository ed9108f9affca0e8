import type { QuoteDto } from '../quotes/quote-answers.dto.js';
import type { QuoteLineDto } from '../quotes/quote-lines.dto.js';
import type { PublicLineDto, PublicQuoteDto } from './public-quotes.dto.js';

interface Parties {
  seller: string;
  customer: string;
}

/** What a customer may see. Named field by field, so that one that is new on a quote stays inside until somebody decides. */
export const publicQuote = (
  quote: QuoteDto,
  { seller, customer }: Parties,
  canAnswer: boolean,
): PublicQuoteDto => ({
  seller,
  customer,
  number: quote.number,
  version: quote.version,
  status: quote.status,
  canAnswer,
  title: quote.title,
  description: quote.description,
  validFrom: quote.validFrom,
  validUntil: quote.validUntil,
  currency: quote.currency,
  pricesIncludeTax: quote.pricesIncludeTax,
  discountType: quote.discountType,
  discountValue: quote.discountValue,
  subtotal: quote.subtotal,
  discountAmount: quote.discountAmount,
  netAmount: quote.netAmount,
  taxAmount: quote.taxAmount,
  totalAmount: quote.totalAmount,
  taxes: quote.taxes,
  terms: quote.terms,
  notes: quote.notes,
  acceptedAt: quote.acceptedAt,
  acceptedByName: quote.acceptedByName,
  acceptedByRole: quote.acceptedByRole,
  rejectedAt: quote.rejectedAt,
  lines: quote.lines.map(publicLine),
});

const publicLine = (line: QuoteLineDto): PublicLineDto => ({
  lineNumber: line.lineNumber,
  kind: line.kind,
  sku: line.sku,
  description: line.description,
  quantity: line.quantity,
  unit: line.unit,
  unitPrice: line.unitPrice,
  discountType: line.discountType,
  discountValue: line.discountValue,
  taxRate: line.taxRate,
  net: line.net,
  tax: line.tax,
  total: line.total,
});
