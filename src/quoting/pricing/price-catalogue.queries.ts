import { type SQL, and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { TenantDatabase } from '../../database/index.js';
import type { Question } from '../rate-cards/in-force.js';
import { isInForceOn } from '../rate-cards/rate-cards.queries.js';
import { rateCardItems, rateCards } from '../rate-cards/rate-cards.schema.js';
import type { RateCardFacts, RateCardItemFacts, Unit } from '../rate-cards/rate-cards.types.js';
import { serviceCategories } from '../service-categories/service-categories.schema.js';
import type { TaxRate } from '../tax-rates/tax-rate-on.js';
import { taxRates } from '../tax-rates/tax-rates.schema.js';

/** What the lines of one quote name, and its day and currency. */
export interface Named extends Question {
  itemCodes: readonly string[];
  categoryIds: readonly string[];
  descriptions: readonly string[];
}

/** All that the rates and taxes of these lines can come from. */
export interface PriceCatalogue {
  cards: RateCardFacts[];
  items: RateCardItemFacts[];
  taxRates: TaxRate[];
  /** Of the categories that were named and exist, by id. */
  unitOfCategory: Map<string, Unit>;
}

/** One statement for each table, however many lines there are; none for what no line can have. */
export async function priceCatalogue(db: TenantDatabase, named: Named): Promise<PriceCatalogue> {
  const isRated = named.descriptions.length > 0;
  const [cards, items, taxes, categories] = await Promise.all([
    isRated ? cardsFor(db, named) : [],
    isRated ? itemsFor(db, named) : [],
    db
      .select({ taxClass: taxRates.taxClass, rate: taxRates.rate, validFrom: taxRates.validFrom })
      .from(taxRates)
      .where(and(isNull(taxRates.deletedAt), lte(taxRates.validFrom, named.day))),
    named.categoryIds.length > 0 ? categoriesOf(db, named.categoryIds) : [],
  ]);
  const unitOfCategory = new Map(categories.map(({ id, defaultUnit }) => [id, defaultUnit]));
  return { cards, items, taxRates: taxes, unitOfCategory };
}

const cardsFor = (db: TenantDatabase, question: Question) =>
  db
    .select({
      id: rateCards.id,
      currency: rateCards.currency,
      isDefault: rateCards.isDefault,
      isActive: rateCards.isActive,
      effectiveFrom: rateCards.effectiveFrom,
      effectiveUntil: rateCards.effectiveUntil,
    })
    .from(rateCards)
    .where(isUsable(question));

/** Of those cards, and only what a line could be found by: a card may have thousands. */
const itemsFor = (db: TenantDatabase, { itemCodes, categoryIds, descriptions, ...question }: Named) =>
  db
    .select({
      id: rateCardItems.id,
      rateCardId: rateCardItems.rateCardId,
      serviceCategoryId: rateCardItems.serviceCategoryId,
      itemCode: rateCardItems.itemCode,
      name: rateCardItems.name,
      unit: rateCardItems.unit,
      baseRate: rateCardItems.baseRate,
      cost: rateCardItems.cost,
      taxClass: rateCardItems.taxClass,
      sortOrder: rateCardItems.sortOrder,
      effectiveFrom: rateCardItems.effectiveFrom,
      effectiveUntil: rateCardItems.effectiveUntil,
    })
    .from(rateCardItems)
    .innerJoin(rateCards, eq(rateCards.id, rateCardItems.rateCardId))
    .where(
      and(
        isUsable(question),
        isNull(rateCardItems.deletedAt),
        or(
          isAnyOf(rateCardItems.itemCode, itemCodes),
          isAnyOf(rateCardItems.serviceCategoryId, categoryIds),
          isAnyOf(rateCardItems.name, descriptions),
        ),
      ),
    );

const isUsable = ({ day, currency }: Question): SQL | undefined =>
  and(
    eq(rateCards.currency, currency),
    eq(rateCards.isActive, true),
    isNull(rateCards.deletedAt),
    isInForceOn(day),
  );

const categoriesOf = (db: TenantDatabase, ids: readonly string[]) =>
  db
    .select({ id: serviceCategories.id, defaultUnit: serviceCategories.defaultUnit })
    .from(serviceCategories)
    .where(and(isAnyOf(serviceCategories.id, ids), isNull(serviceCategories.deletedAt)));

/** One parameter, whatever the number of values: a thousand of them would make a statement of their own each time. */
const isAnyOf = (column: AnyPgColumn, values: readonly string[]): SQL | undefined =>
  values.length > 0 ? sql`${column} = any(${sql.param(values)})` : undefined;
