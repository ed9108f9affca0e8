import { decimal, type Decimal, FORMATS, ZERO } from '../../money/index.js';
import type { TaxFigures } from './pricing.types.js';

interface Taxed {
  taxRate: Decimal;
  net: Decimal;
  tax: Decimal;
}

/** What there is to tax, and the tax on it, per rate: the highest first, also rates without tax. */
export function taxBreakdown(lines: Iterable<Taxed>): TaxFigures[] {
  const byRate = new Map<string, { net: Decimal; tax: Decimal }>();
  for (const { taxRate, net, tax } of lines) {
    const rate = taxRate.toFixed(FORMATS.fraction.places);
    const before = byRate.get(rate) ?? { net: ZERO, tax: ZERO };
    byRate.set(rate, { net: before.net.plus(net), tax: before.tax.plus(tax) });
  }
  return Array.from(byRate, ([taxRate, { net, tax }]) => ({
    taxRate,
    net: net.toFixed(FORMATS.amount.places),
    tax: tax.toFixed(FORMATS.amount.places),
  })).sort((a, b) => decimal(b.taxRate).cmp(decimal(a.taxRate)));
}
