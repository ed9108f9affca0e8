import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RateQuery, rateBook } from './rate-book.js';
import type { RateCardFacts, RateCardItemFacts } from './rate-cards.types.js';

const DAY = '2026-11-21';
const question = { day: DAY, currency: 'EUR', mayOverridePrice: false };

const card = (id: string, change: Partial<RateCardFacts> = {}): RateCardFacts => ({
  id,
  currency: 'EUR',
  isDefault: false,
  isActive: true,
  effectiveFrom: '2026-01-01',
  effectiveUntil: null,
  ...change,
});
const item = (rateCardId: string, baseRate: string, change: Partial<RateCardItemFacts> = {}) => ({
  id: `${rateCardId}-${baseRate}`,
  rateCardId,
  serviceCategoryId: null,
  itemCode: `${rateCardId}-${baseRate}`,
  name: `${rateCardId}-${baseRate}`,
  unit: 'hour' as const,
  baseRate,
  cost: null,
  taxClass: 'standard' as const,
  sortOrder: 0,
  effectiveFrom: null,
  effectiveUntil: null,
  ...change,
});
/** The source and the price that a line gets. */
const rate = (cards: RateCardFacts[], items: RateCardItemFacts[], query: Partial<RateQuery>, change = {}) => {
  const answer = rateBook(cards, items, { ...question, ...change })({ description: '', ...query });
  return answer.refusal ?? [answer.rate.source, answer.rate.unitPrice];
};

describe('the rate of a line', () => {
  const items = [
    item('c', '1', { itemCode: 'DEV' }),
    item('c', '2', { serviceCategoryId: 'development' }),
    item('c', '3', { name: 'Development' }),
  ];
  const all = { itemCode: 'DEV', serviceCategoryId: 'development', description: 'Development' };

  it('is found by item code, then by service category, then by the exact description', () => {
    const { itemCode: _, ...withoutCode } = all;
    expect(rate([card('c')], items, all)).toEqual(['item_code', '1']);
    expect(rate([card('c')], items, withoutCode)).toEqual(['service_category', '2']);
    expect(rate([card('c')], items, { description: 'Development' })).toEqual(['description', '3']);
    expect(rate([card('c')], items, { description: 'development' })).toBe('RATE_NOT_FOUND');
    expect(rate([card('c')], items, { ...all, itemCode: 'none' })).toEqual(['service_category', '2']);
  });

  it('is the explicit price for whoever may override, and refused to others even where a card has the same', () => {
    const query = { ...all, unitPrice: '1' };
    expect(rate([card('c')], items, query, { mayOverridePrice: true })).toEqual(['explicit', '1']);
    expect(rate([card('c')], items, query)).toBe('PRICE_OVERRIDE_NOT_ALLOWED');
    expect(rate([card('c')], items, { unitPrice: '0' })).toBe('PRICE_OVERRIDE_NOT_ALLOWED');
  });

  it('is not that of an item without a category, for a line without one', () => {
    const nothing = { unitPrice: null, itemCode: null, serviceCategoryId: null };
    expect(rate([card('c')], items, nothing)).toBe('RATE_NOT_FOUND');
    expect(rate([card('c')], items, { ...nothing, description: 'Development' })).toEqual([
      'description',
      '3',
    ]);
  });

  it('comes with the item that it was copied from', () => {
    expect(rateBook([card('c')], items, question)(all).rate?.item).toBe(items[0]);
  });

  it.each<[string, Partial<RateCardFacts>, boolean]>([
    ['is active', {}, true],
    ['is not active', { isActive: false }, false],
    ['has another currency', { currency: 'USD' }, false],
    ['begins that day', { effectiveFrom: DAY }, true],
    ['begins a day later', { effectiveFrom: '2026-11-22' }, false],
    ['ends that day', { effectiveUntil: DAY }, true],
    ['ended the day before', { effectiveUntil: '2026-11-20' }, false],
  ])('of a card that %s', (_, change, isFound) => {
    const answer = rate([card('c', change)], items, all);
    expect(answer).toEqual(isFound ? ['item_code', '1'] : 'RATE_NOT_FOUND');
  });

  it.each([
    ['begins a day later', { effectiveFrom: '2026-11-22' }],
    ['ended the day before', { effectiveUntil: '2026-11-20' }],
  ])('is not of an item that %s', (_, change) => {
    const query = { itemCode: 'DEV' };
    expect(rate([card('c')], [item('c', '1', { itemCode: 'DEV', ...change })], query)).toBe('RATE_NOT_FOUND');
  });

  it.each<[string, RateCardFacts[], string]>([
    ['the default', [card('a', { isDefault: true, effectiveFrom: '2020-01-01' }), card('b')], 'a'],
    ['the newest', [card('a', { effectiveFrom: '2026-06-01' }), card('b')], 'a'],
    ['of the same day that which was made last', [card('a'), card('b')], 'b'],
    ['that which has a beginning', [card('a'), card('b', { effectiveFrom: null })], 'a'],
  ])('is, of several cards, that of %s', (_, cards, wanted) => {
    const both = ['a', 'b'].map((id) => item(id, id, { itemCode: 'DEV' }));
    for (const order of [cards, cards.toReversed()])
      expect(rate(order, both, { itemCode: 'DEV' })).toEqual(['item_code', wanted]);
  });

  it('prefers the better way in a lesser card to the lesser way in a better card', () => {
    const cards = [card('a', { isDefault: true }), card('b')];
    const both = [item('a', '1', { serviceCategoryId: 'development' }), item('b', '2', { itemCode: 'DEV' })];
    expect(rate(cards, both, all)).toEqual(['item_code', '2']);
  });

  it('is, of several items of a card, that of the first in its order', () => {
    const category = { serviceCategoryId: 'development' };
    const both = [
      item('c', '1', { ...category, sortOrder: 2 }),
      item('c', '2', { ...category, sortOrder: 1 }),
    ];
    expect(rate([card('c')], both, category)).toEqual(['service_category', '2']);
  });

  it('does not depend on the order that cards and items come in', () => {
    const cards = ['a', 'b', 'c'].map((id) => card(id, { isDefault: id === 'b' }));
    const many = cards.flatMap(({ id }) => ['1', '2'].map((n) => item(id, n, { serviceCategoryId: 'x' })));
    const shuffled = fc.tuple(
      fc.shuffledSubarray(cards, { minLength: cards.length }),
      fc.shuffledSubarray(many, { minLength: many.length }),
    );
    fc.assert(
      fc.property(shuffled, ([someCards, someItems]) => {
        const query = { description: '', serviceCategoryId: 'x' };
        expect(rateBook(someCards, someItems, question)(query).rate?.item?.id).toBe('b-1');
      }),
    );
  });
});
