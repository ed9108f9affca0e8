import { type Question, itemsInForce } from './in-force.js';
import type { RateCardFacts, RateCardItemFacts, RateSource } from './rate-cards.types.js';

/** What a line says about its price; null and undefined say nothing. */
export interface RateQuery {
  /** Overrides every card. */
  unitPrice?: string | null | undefined;
  itemCode?: string | null | undefined;
  serviceCategoryId?: string | null | undefined;
  description: string;
}

/** What the line gets, to be copied onto it, so that a card that changes later changes no quote. */
export type Rate =
  | { source: 'explicit'; unitPrice: string; item?: undefined }
  | { source: Exclude<RateSource, 'explicit'>; unitPrice: string; item: RateCardItemFacts };

export type RateRefusal = 'PRICE_OVERRIDE_NOT_ALLOWED' | 'RATE_NOT_FOUND';
export type RateAnswer = { rate: Rate; refusal?: undefined } | { rate?: undefined; refusal: RateRefusal };

/** The rates of one quote, ready to be looked up for many lines. */
export type RateBook = (query: RateQuery) => RateAnswer;

/**
 * How lines of a quote get their unit price: the explicit one -> by item code -> by service category -> by a description
 * that is exactly an item's name; each over all cards in force, the default first, then the newest. A query that names a
 * code no card has goes on to the next way. An explicit price is refused to whoever may not override, never ignored.
 */
export function rateBook(
  cards: readonly RateCardFacts[],
  items: readonly RateCardItemFacts[],
  question: Question & { mayOverridePrice: boolean },
): RateBook {
  const inForce = itemsInForce(cards, items, question);
  const byCode = firstBy(inForce, ({ itemCode }) => itemCode);
  const byCategory = firstBy(inForce, ({ serviceCategoryId }) => serviceCategoryId);
  const byName = firstBy(inForce, ({ name }) => name);
  return ({ unitPrice, itemCode, serviceCategoryId, description }) => {
    if (typeof unitPrice === 'string')
      return question.mayOverridePrice
        ? { rate: { source: 'explicit', unitPrice } }
        : { refusal: 'PRICE_OVERRIDE_NOT_ALLOWED' };
    return (
      found('item_code', byCode.get(itemCode)) ??
      found('service_category', byCategory.get(serviceCategoryId)) ??
      found('description', byName.get(description)) ?? { refusal: 'RATE_NOT_FOUND' }
    );
  };
}

const found = (
  source: Exclude<RateSource, 'explicit'>,
  item: RateCardItemFacts | undefined,
): RateAnswer | undefined => item && { rate: { source, unitPrice: item.baseRate, item } };

function firstBy(
  items: readonly RateCardItemFacts[],
  keyOf: (item: RateCardItemFacts) => string | null,
): Map<string | null | undefined, RateCardItemFacts> {
  const first = new Map<string | null | undefined, RateCardItemFacts>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null && !first.has(key)) first.set(key, item);
  }
  return first;
}
