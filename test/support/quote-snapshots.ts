import fc from 'fast-check';
import type { LineSnapshot, QuoteSnapshot } from '../../src/quoting/versions/snapshot.types.js';

/** A quote of two lines, to be varied. */
export const quoteContent: QuoteSnapshot['quote'] = {
  customerId: '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60',
  projectId: null,
  title: 'Website',
  description: null,
  type: 'fixed_price',
  validFrom: '2026-11-21',
  validUntil: '2026-12-21',
  currency: 'EUR',
  exchangeRate: '1.000000',
  pricesIncludeTax: false,
  discountType: null,
  discountValue: null,
  subtotal: '6000.00',
  discountAmount: '0.00',
  taxAmount: '900.00',
  totalAmount: '6900.00',
  terms: null,
  notes: null,
  internalNotes: null,
};

export const quoteLine = (lineId: string, change: Partial<LineSnapshot> = {}): LineSnapshot => ({
  lineId,
  lineNumber: 1,
  kind: 'service',
  sku: null,
  description: 'Development',
  serviceCategoryId: null,
  rateCardItemId: null,
  rateSource: 'explicit',
  quantity: '40.0000',
  unit: 'hour',
  unitPrice: '150.0000',
  unitCost: null,
  discountType: null,
  discountValue: null,
  taxClass: 'standard',
  taxRate: '0.1500',
  net: '6000.00',
  tax: '900.00',
  total: '6900.00',
  ...change,
});

const anyContent = fc.record({
  title: fc.constantFrom('Website', 'App'),
  description: fc.option(fc.constantFrom('', 'text')),
  discountType: fc.option(fc.constantFrom('fixed' as const, 'percentage' as const)),
  pricesIncludeTax: fc.boolean(),
  internalNotes: fc.option(fc.constant('note')),
});
const anyLine = fc.record({
  lineId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  description: fc.constantFrom('Development', 'Design'),
  quantity: fc.constantFrom('40.0000', '41.0000'),
  sku: fc.option(fc.constant('S')),
});

/** Snapshots that often have lines and values in common. */
export const anySnapshot: fc.Arbitrary<QuoteSnapshot> = fc
  .tuple(anyContent, fc.uniqueArray(anyLine, { selector: ({ lineId }) => lineId }))
  .map(([content, lines]) => ({
    quote: { ...quoteContent, ...content },
    lines: lines.map(({ lineId, ...line }, index) => quoteLine(lineId, { ...line, lineNumber: index + 1 })),
  }));
