import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { factsSaying, pricedFacts, someFacts } from '../../../test/support/quote-facts.js';
import { QUOTE_STATUSES } from '../quotes/quote-states.js';
import { printable } from './printable.js';
import { quoteDocument } from './quote-document.js';
import type { QuoteFacts } from './quote-facts.js';

const fraction = fc.integer({ min: 0, max: 10_000 }).map((value) => (value / 10_000).toFixed(4));
const anyLine = fc.record({
  quantity: fc.integer({ min: 1, max: 10 ** 7 }).map((value) => (value / 10_000).toFixed(4)),
  unitPrice: fc.integer({ min: 0, max: 10 ** 8 }).map((value) => (value / 10_000).toFixed(4)),
  discount: fc.option(fc.record({ type: fc.constant('percentage' as const), value: fraction }), {
    nil: undefined,
  }),
  taxRate: fc.constantFrom('0.0000', '0.1500', '0.1750'),
});
const anyQuote = fc.record({
  lines: fc.array(anyLine, { maxLength: 12 }),
  discount: fc.option(fc.record({ type: fc.constant('percentage' as const), value: fraction }), {
    nil: undefined,
  }),
  pricesIncludeTax: fc.boolean(),
});

/** `−1,234.50 EUR` as -123450n. */
const cents = (text: string) => BigInt(text.replaceAll(/[,. A-Z]/g, '').replace('−', '-'));
const added = (texts: string[]) => texts.reduce((sum, text) => sum + cents(text), 0n);
const totalsOf = (facts: QuoteFacts) =>
  quoteDocument(facts).totals.map(({ label, amount }) => [label, amount]);
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

describe('the document of a quote', () => {
  it('adds up for whoever reads it, with discounts, taxes and prices of any kind', () => {
    fc.assert(
      fc.property(anyQuote, (toPrice) => {
        const facts = pricedFacts(toPrice);
        fc.pre(facts !== undefined);
        const { lines, totals } = quoteDocument(facts);
        const [subtotal, ...steps] = totals
          .filter(({ label }) => label !== 'Net')
          .map(({ amount }) => amount);
        expect(added(lines.map(({ amount }) => amount))).toBe(cents(subtotal!));
        expect(added([subtotal!, ...steps.slice(0, -1)])).toBe(cents(steps.at(-1)!));
      }),
    );
  });

  it('says how the total came about', () => {
    const line = { quantity: '10.0000', unitPrice: '100.0000', taxRate: '0.1500' };
    const discount = { type: 'percentage' as const, value: '0.0500' };
    const exempt = { ...line, quantity: '100.0000', unitPrice: '0.8500', taxRate: '0.0000' };
    expect(totalsOf(someFacts({}, { lines: [line, exempt], discount, pricesIncludeTax: false }))).toEqual([
      ['Subtotal', '1,085.00'],
      ['Discount 5%', '−54.25'],
      ['Net', '1,030.75'],
      ['Tax 15% of 950.00', '142.50'],
      ['Tax 0% of 80.75', '0.00'],
      ['Total', '1,173.25 EUR'],
    ]);
  });

  it('has no step for a discount where there is none, and a total where there are no lines', () => {
    expect(totalsOf(someFacts({}, { lines: [], pricesIncludeTax: false }))).toEqual([
      ['Subtotal', '0.00'],
      ['Total', '0.00 EUR'],
    ]);
  });

  it.each([
    [{ unit: 'hour', quantity: '1.0000' }, { quantity: '1 hour' }],
    [{ unit: 'hour', quantity: '1.5000' }, { quantity: '1.5 hours' }],
    [{ unit: 'fixed', quantity: '1.0000' }, { quantity: '1' }],
    [{ unit: 'piece', quantity: '100000.2500' }, { quantity: '100,000.25 pieces' }],
    [{ unitPrice: '0.8525' }, { unitPrice: '0.8525' }],
    [{ unitPrice: '1150.0000' }, { unitPrice: '1,150.00' }],
    [{ taxRate: '0.1750' }, { taxRate: '17.5%' }],
    [{ discountType: 'percentage', discountValue: '0.1000' }, { discount: '−10%' }],
    [{ discountType: 'fixed', discountValue: '50.0000' }, { discount: '−50.00' }],
    [{ discountType: 'per_unit', discountValue: '0.5000', unit: 'day' }, { discount: '−0.50 per day' }],
    [{ discountType: 'per_unit', discountValue: '0.5000', unit: 'fixed' }, { discount: '−0.50 per unit' }],
    [{ discountType: 'fixed', discountValue: '0.0000' }, { discount: null }],
  ])('writes of a line %j as %j', (stored, shown) => {
    const facts = someFacts();
    const lines = [{ ...facts.lines[0]!, ...(stored as object) }];
    expect(quoteDocument({ ...facts, lines }).lines[0]).toMatchObject(shown);
  });

  it('keeps every digit of the greatest amount', () => {
    const quote = { totalAmount: '9999999999999.99', currency: 'JPY' };
    expect(totalsOf(someFacts({ quote })).at(-1)).toEqual(['Total', '9,999,999,999,999.99 JPY']);
  });

  it('says what is with tax and what is without', () => {
    const legend = (pricesIncludeTax: boolean) =>
      quoteDocument(someFacts({ quote: { pricesIncludeTax } })).legend;
    expect([legend(false), legend(true)]).toEqual([
      'All amounts in EUR. Unit prices and amounts are without tax.',
      'All amounts in EUR. Unit prices include tax, amounts are without it.',
    ]);
  });

  it('marks what is not, or no longer, on offer, and keeps to itself who looked at it and who approves', () => {
    const marks = QUOTE_STATUSES.map((status) => [status, quoteDocument(someFacts({ status })).mark]);
    expect(Object.fromEntries(marks)).toEqual({
      draft: 'Draft',
      pending: 'Draft',
      approved: 'Draft',
      sent: null,
      viewed: null,
      accepted: 'Accepted',
      rejected: 'Rejected',
      expired: 'Expired',
      cancelled: 'Cancelled',
    });
  });

  it('names who accepted it, and of an unanswered one nobody', () => {
    const shown = (status: 'accepted' | 'sent') =>
      quoteDocument(someFacts({ status })).facts.map(({ label, text }) => `${label}: ${text}`);
    expect(shown('accepted')).toEqual(
      expect.arrayContaining(['Accepted on: 1 December 2026', 'Accepted by: Ann Buyer, CFO']),
    );
    expect(shown('sent')).toEqual([
      'Version: 1',
      'Valid from: 21 November 2026',
      'Valid until: 21 December 2026',
      'Customer: CUST-0001',
      'Project: WEB, Website Redesign',
    ]);
  });

  it('leaves out of an address what is not known', () => {
    const nothing = { legalName: null, taxId: null, addressLine1: '', city: null, postalCode: null };
    expect(quoteDocument(someFacts({ customer: nothing })).customer).toEqual({
      name: 'Acme Corp',
      lines: ['Germany'],
    });
  });

  it('has nothing in it but what may be printed', () => {
    const texts = textsIn(quoteDocument(factsSaying('a\u0007\u202e\ud83d\r\nb')));
    expect(texts.filter((text) => text !== printable(text))).toEqual([]);
    expect(texts.filter((text) => text.includes('a\ufffd\nb')).length).toBeGreaterThan(10);
  });

  it('says nothing that is no customer’s business, even where it is told', () => {
    const secrets = {
      internalNotes: 'SECRET',
      metadata: { a: 'SECRET' },
      unitCost: '77.7700',
      reason: 'SECRET',
    };
    const facts = someFacts();
    const told = {
      ...facts,
      quote: { ...facts.quote, ...secrets },
      customer: { ...facts.customer, ...secrets },
      lines: facts.lines.map((line) => ({ ...line, ...secrets })),
    };
    expect(JSON.stringify(quoteDocument(told))).not.toMatch(/SECRET|77\.77/);
  });
});
