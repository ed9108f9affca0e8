import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { priceQuote } from './price-quote.js';
import { pricedByWholeNumbers } from '../../../test/support/price-oracle.js';
import type { LineFigures, QuoteFigures, QuoteToPrice } from './pricing.types.js';

const digits = (value: bigint, places: number): string => {
  const text = String(value).padStart(places + 1, '0');
  return `${text.slice(0, -places)}.${text.slice(-places)}`;
};
const decimals = (max: bigint, places: number) => fc.bigInt(0n, max).map((value) => digits(value, places));
const fraction = decimals(10_000n, 4);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const anyLine = fc.record({
  quantity: decimals(100_000_000n, 4),
  // Small prices, so that lines are often alike and cents often left over.
  unitPrice: fc.oneof(decimals(30_000n, 4), decimals(10n ** 9n, 4)),
  discount: maybe(
    fc.oneof(
      fc.record({ type: fc.constant('percentage' as const), value: fraction }),
      fc.record({ type: fc.constant('fixed' as const), value: decimals(1_000n, 2) }),
      fc.record({ type: fc.constant('per_unit' as const), value: decimals(10_000n, 4) }),
    ),
  ),
  taxRate: fc.constantFrom('0', '0.05', '0.1', '0.15', '0.175', '0.21', '1'),
  key: fc.constantFrom('a', 'b', 'B', 'ä', 'i', 'İ'),
});
/** Lines that cost the same, so that only what they say decides about odd cents. */
const alike = anyLine.map((line) => ({ ...line, quantity: '1', unitPrice: '0.03', discount: undefined }));
const anyQuote: fc.Arbitrary<QuoteToPrice> = fc.record({
  lines: fc.oneof(fc.array(anyLine, { maxLength: 12 }), fc.array(alike, { maxLength: 12 })),
  discount: maybe(
    fc.oneof(
      fc.record({ type: fc.constant('percentage' as const), value: fraction }),
      fc.record({
        type: fc.constant('fixed' as const),
        value: fc.oneof(decimals(5n, 2), decimals(10_000n, 2)),
      }),
    ),
  ),
  pricesIncludeTax: fc.boolean(),
});

const cents = (amount: string) => BigInt(amount.replace('.', ''));
const added = (figures: QuoteFigures, name: keyof LineFigures) =>
  figures.lines.reduce((total, line) => total + cents(line[name]), 0n);
/** Runs on quotes that have a price. */
const everyPrice = (rule: (figures: QuoteFigures, quote: QuoteToPrice) => void) =>
  fc.assert(
    fc.property(anyQuote, (quote) => {
      const { figures } = priceQuote(quote);
      fc.pre(figures !== undefined);
      rule(figures, quote);
    }),
    { numRuns: 300 },
  );

describe('the price of any quote', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is what its lines add up to', () => {
    everyPrice((figures) => {
      expect(added(figures, 'net')).toBe(cents(figures.netAmount));
      expect(added(figures, 'tax')).toBe(cents(figures.taxAmount));
      expect(added(figures, 'total')).toBe(cents(figures.totalAmount));
      expect(added(figures, 'amount') - added(figures, 'discountAmount')).toBe(cents(figures.subtotal));
    });
  });

  it('is net and tax, of each line, of each rate and of the whole', () => {
    everyPrice(({ lines, taxes, netAmount, taxAmount, totalAmount }) => {
      for (const { net, tax, total } of lines) expect(cents(total)).toBe(cents(net) + cents(tax));
      expect(cents(totalAmount)).toBe(cents(netAmount) + cents(taxAmount));
      expect(taxes.reduce((sum, { net }) => sum + cents(net), 0n)).toBe(cents(netAmount));
      expect(taxes.reduce((sum, { tax }) => sum + cents(tax), 0n)).toBe(cents(taxAmount));
    });
  });

  it('spends the discount of the quote to the cent, and leaves no line below zero', () => {
    everyPrice((figures) => {
      expect(added(figures, 'quoteDiscountShare')).toBe(cents(figures.discountAmount));
      expect(cents(figures.subtotal) - cents(figures.discountAmount)).toBe(cents(figures.netAmount));
      for (const line of figures.lines)
        for (const amount of Object.values(line) as string[]) expect(amount).toMatch(/^\d+\.\d\d$/);
    });
  });

  it('does not change when lines are reordered, and neither does that of any line', () => {
    const reordered = anyQuote.chain((quote) =>
      fc.tuple(
        fc.constant(quote),
        fc.shuffledSubarray(Array.from(quote.lines.keys()), { minLength: quote.lines.length }),
      ),
    );
    fc.assert(
      fc.property(reordered, ([quote, order]) => {
        const { figures } = priceQuote(quote);
        fc.pre(figures !== undefined);
        const lines = order.map((place) => quote.lines[place]!);
        const after = priceQuote({ ...quote, lines }).figures!;
        expect({ ...after, lines: [] }).toEqual({ ...figures, lines: [] });
        // Lines that say the same and cost the same are told apart by nothing; together they have the same.
        expect(told(lines, after.lines)).toEqual(told(quote.lines, figures.lines));
      }),
      { numRuns: 300 },
    );
  });
  const told = (lines: QuoteToPrice['lines'], figures: LineFigures[]) =>
    figures.map((figure, index) => JSON.stringify([lines[index], figure])).sort();

  it('is the price on the list, where it includes tax and nothing is taken off', () => {
    fc.assert(
      fc.property(fc.array(anyLine), (given) => {
        const lines = given.map((line) => ({ ...line, discount: undefined }));
        const { figures: withTax } = priceQuote({ lines, pricesIncludeTax: true });
        const { figures: asGiven } = priceQuote({ lines, pricesIncludeTax: false });
        expect(withTax?.totalAmount).toBe(asGiven?.netAmount);
      }),
    );
  });

  it('is what whole numbers, without a decimal library, come to', () => {
    everyPrice((figures, quote) => {
      expect(pricedByWholeNumbers(quote)).toEqual({
        lines: figures.lines.map(({ net, tax }) => [cents(net), cents(tax)]),
        total: cents(figures.totalAmount),
      });
    });
  });

  it('needs nothing that depends on the locale of the machine', () => {
    const refuse = () => {
      throw new Error('asked the locale');
    };
    jest.spyOn(String.prototype, 'localeCompare').mockImplementation(refuse);
    jest.spyOn(String.prototype, 'toLocaleLowerCase').mockImplementation(refuse);
    jest.spyOn(Number.prototype, 'toLocaleString').mockImplementation(refuse);
    jest.spyOn(BigInt.prototype, 'toLocaleString').mockImplementation(refuse);
    jest.spyOn(Intl, 'NumberFormat').mockImplementation(refuse);
    jest.spyOn(Intl, 'Collator').mockImplementation(refuse);
    for (const quote of fc.sample(anyQuote, 100)) expect(() => priceQuote(quote)).not.toThrow();
  });
});
