import { describe, expect, it } from '@jest/globals';
import { priceQuote } from './price-quote.js';
import type { Discount, LineToPrice, QuoteFigures, QuoteToPrice } from './pricing.types.js';

const STANDARD = '0.15';
const line = (quantity: string, unitPrice: string, change: Partial<LineToPrice> = {}): LineToPrice => ({
  quantity,
  unitPrice,
  taxRate: STANDARD,
  ...change,
});
const percent = (value: string): Discount<'percentage'> => ({ type: 'percentage', value });
const fixed = (value: string): Discount<'fixed'> => ({ type: 'fixed', value });
const price = (quote: Partial<QuoteToPrice>): QuoteFigures => {
  const { figures, problems } = priceQuote({ lines: [], pricesIncludeTax: false, ...quote });
  if (!figures) throw new Error(problems.map(({ path, code }) => `${path}: ${code}`).join());
  return figures;
};
const problemsOf = (quote: Partial<QuoteToPrice>) =>
  priceQuote({ lines: [], pricesIncludeTax: false, ...quote }).problems?.map(({ path, code }) => [
    path,
    code,
  ]);

describe('what a quote costs', () => {
  it.each<[string, Partial<QuoteToPrice>, [net: string, tax: string, total: string]]>([
    ['40 x 150 at 15 %', { lines: [line('40', '150')] }, ['6000.00', '900.00', '6900.00']],
    [
      '20 x 120, -10 %, at 15 %',
      { lines: [line('20', '120', { discount: percent('0.1') })] },
      ['2160.00', '324.00', '2484.00'],
    ],
    [
      '15 x 100, -5 %, at 15 %',
      { lines: [line('15', '100', { discount: percent('0.05') })] },
      ['1425.00', '213.75', '1638.75'],
    ],
    ['8 x 80 at 15 %', { lines: [line('8', '80')] }, ['640.00', '96.00', '736.00']],
    ['100 x 0.85, exempt', { lines: [line('100', '0.85', { taxRate: '0' })] }, ['85.00', '0.00', '85.00']],
    [
      '1,000, -10 % on the line, -50 fixed on the quote, at 15 %',
      { lines: [line('1', '1000', { discount: percent('0.1') })], discount: fixed('50') },
      ['850.00', '127.50', '977.50'],
    ],
    [
      'inclusive 115 at 15 %',
      { lines: [line('1', '115')], pricesIncludeTax: true },
      ['100.00', '15.00', '115.00'],
    ],
    [
      '40 x 172.50 inclusive at 15 %, -10 % on the line',
      { lines: [line('40', '172.50', { discount: percent('0.1') })], pricesIncludeTax: true },
      ['5400.00', '810.00', '6210.00'],
    ],
    [
      '40 x 172.50 inclusive at 15 %, -10 % on the quote',
      { lines: [line('40', '172.50')], discount: percent('0.1'), pricesIncludeTax: true },
      ['5400.00', '810.00', '6210.00'],
    ],
    [
      '6,000 at 15 %, 85 at 0 %, 4,000 at 10 %',
      {
        lines: [line('1', '6000'), line('1', '85', { taxRate: '0' }), line('1', '4000', { taxRate: '0.1' })],
      },
      ['10085.00', '1300.00', '11385.00'],
    ],
    ['no lines', {}, ['0.00', '0.00', '0.00']],
  ])('%s', (_, quote, [net, tax, total]) => {
    expect(price(quote)).toMatchObject({ netAmount: net, taxAmount: tax, totalAmount: total });
  });

  it('shows each step of it', () => {
    const lines = [
      line('10', '100', { discount: { type: 'per_unit', value: '2.5' } }),
      line('1', '25', { taxRate: '0' }),
    ];
    expect(price({ lines, discount: fixed('100') })).toEqual({
      lines: [
        {
          amount: '1000.00',
          discountAmount: '25.00',
          quoteDiscountShare: '97.50',
          net: '877.50',
          tax: '131.63',
          total: '1009.13',
        },
        {
          amount: '25.00',
          discountAmount: '0.00',
          quoteDiscountShare: '2.50',
          net: '22.50',
          tax: '0.00',
          total: '22.50',
        },
      ],
      subtotal: '1000.00',
      discountAmount: '100.00',
      netAmount: '900.00',
      taxAmount: '131.63',
      totalAmount: '1031.63',
      taxes: [
        { taxRate: '0.1500', net: '877.50', tax: '131.63' },
        { taxRate: '0.0000', net: '22.50', tax: '0.00' },
      ],
    });
  });

  it('takes what is rounded, not what it was rounded from, into the next step', () => {
    // 3 x 0.335 is 1.005 and becomes 1.01; half of that is 0.505 and becomes 0.51.
    expect(price({ lines: [line('3', '0.335', { discount: percent('0.5') })] }).lines[0]).toMatchObject({
      amount: '1.01',
      discountAmount: '0.51',
      net: '0.50',
      tax: '0.08',
    });
  });

  it('asks exactly the price on the list, where prices include tax and nothing is taken off', () => {
    // 15 % of 0.10 rounds to 0.02, which would make 0.12 of it.
    const [figures] = price({ lines: [line('1', '0.11')], pricesIncludeTax: true }).lines;
    expect(figures).toMatchObject({ net: '0.10', tax: '0.01', total: '0.11' });
  });

  it('counts lines of one rate together, whatever way the rate is written', () => {
    const lines = [line('1', '10', { taxRate: '0.1' }), line('1', '20', { taxRate: '0.1000' })];
    expect(price({ lines }).taxes).toEqual([{ taxRate: '0.1000', net: '30.00', tax: '3.00' }]);
  });

  describe('gives the odd cent of a discount, wherever the lines stand,', () => {
    it.each([
      ['to the line that lost most by rounding', line('1', '2'), line('1', '1'), false],
      [
        'to the higher tax rate',
        line('1', '1', { taxRate: '0.15' }),
        line('1', '1', { taxRate: '0.05' }),
        false,
      ],
      ['to the higher price on the list', line('1', '0.04'), line('1', '0.03'), true],
      ['to the lesser key, by code units', line('1', '1', { key: 'B' }), line('1', '1', { key: 'a' }), false],
    ])('%s', (_, first, second, pricesIncludeTax) => {
      const shares = (...lines: LineToPrice[]) =>
        price({ lines, discount: fixed('0.01'), pricesIncludeTax }).lines.map(
          ({ quoteDiscountShare }) => quoteDiscountShare,
        );
      expect(shares(first, second)).toEqual(['0.01', '0.00']);
      expect(shares(second, first)).toEqual(['0.00', '0.01']);
    });
  });

  it('takes everything off, but never more', () => {
    const lines = [line('1', '0.01'), line('1', '99.99')];
    expect(price({ lines, discount: percent('1') })).toMatchObject({ totalAmount: '0.00' });
    expect(price({ lines, discount: fixed('100') })).toMatchObject({ totalAmount: '0.00' });
    expect(problemsOf({ lines, discount: fixed('100.01') })).toEqual([
      ['discountValue', 'DISCOUNT_OVER_AMOUNT'],
    ]);
    expect(problemsOf({ lines, discount: percent('1.0001') })).toEqual([
      ['discountValue', 'PERCENTAGE_OVER_100'],
    ]);
  });

  it('tells of every line that is wrong', () => {
    const lines = [
      line('1', '10', { discount: fixed('10.01') }),
      line('1', '10', { discount: fixed('10') }),
      line('1', '10', { discount: percent('10') }),
      line('4', '10', { discount: { type: 'per_unit', value: '10.01' } }),
      line('1', '10', { discount: fixed('0.001') }),
      line('999999.9999', '99999999999.9999'),
    ];
    expect(problemsOf({ lines })).toEqual([
      ['lines.0.discountValue', 'DISCOUNT_OVER_AMOUNT'],
      ['lines.2.discountValue', 'PERCENTAGE_OVER_100'],
      ['lines.3.discountValue', 'DISCOUNT_OVER_AMOUNT'],
      ['lines.4.discountValue', 'DISCOUNT_PLACES'],
      ['lines.5', 'AMOUNT_TOO_LARGE'],
    ]);
  });

  it('refuses a total that its column cannot hold', () => {
    const most = line('1', '9999999999999.99', { taxRate: '0' });
    expect(price({ lines: [most] }).totalAmount).toBe('9999999999999.99');
    expect(problemsOf({ lines: [{ ...most, taxRate: STANDARD }] })).toEqual([['lines', 'AMOUNT_TOO_LARGE']]);
    expect(problemsOf({ lines: [most, line('1', '0.01', { taxRate: '0' })] })).toEqual([
      ['lines', 'AMOUNT_TOO_LARGE'],
    ]);
    // What is left after the discount would fit; the subtotal does not.
    expect(problemsOf({ lines: [most, most], discount: percent('0.9') })).toEqual([
      ['lines', 'AMOUNT_TOO_LARGE'],
    ]);
  });
});
