import type { Effective, RateCardFacts } from './rate-cards.types.js';

/** Dates compare as texts: `2026-11-21`. */
const isEffective = ({ effectiveFrom, effectiveUntil }: Effective, day: string): boolean =>
  (effectiveFrom === null || effectiveFrom <= day) && (effectiveUntil === null || day <= effectiveUntil);

export interface Question {
  /** The day of the quote. */
  day: string;
  currency: string;
}

/** The cards that a quote of that day and currency may use: the default first, then the newest. */
export const cardsInForce = <C extends RateCardFacts>(
  cards: readonly C[],
  { day, currency }: Question,
): C[] =>
  cards
    .filter((card) => card.isActive && card.currency === currency && isEffective(card, day))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || newest(a, b));

/** That which came into force last; of the same day, that which was made last. */
const newest = (a: RateCardFacts, b: RateCardFacts): number =>
  descending(a.effectiveFrom ?? '', b.effectiveFrom ?? '') || descending(a.id, b.id);

const descending = (a: string, b: string): number => Number(a < b) - Number(a > b);

/** The items of those cards that are in force themselves, in the order of the cards, and within each by `sortOrder`. */
export function itemsInForce<
  I extends Effective & { rateCardId: string; sortOrder: number; itemCode: string },
>(cards: readonly RateCardFacts[], items: readonly I[], question: Question): I[] {
  const rank = new Map(cardsInForce(cards, question).map(({ id }, index) => [id, index]));
  return items
    .filter((item) => rank.has(item.rateCardId) && isEffective(item, question.day))
    .sort(
      (a, b) =>
        rank.get(a.rateCardId)! - rank.get(b.rateCardId)! ||
        a.sortOrder - b.sortOrder ||
        descending(b.itemCode, a.itemCode),
    );
}
