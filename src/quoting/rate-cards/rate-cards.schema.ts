import { relations, sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { metadata, metadataCheck, tenantTable, tenants } from '../../database/schema.js';
import { FORMATS, numericColumn } from '../../money/index.js';
import { areNotNegative, isCurrency, isOneOf } from '../checks.js';
import { serviceCategories } from '../service-categories/service-categories.schema.js';
import { TAX_CLASSES } from '../tax-rates/tax-rate-on.js';
import { UNITS } from './rate-cards.types.js';

/** What work costs, in one currency, from a day to a day (both in force). */
export const rateCards = tenantTable(
  'rate_cards',
  {
    name: text('name').notNull(),
    version: integer('version').notNull().default(1),
    currency: text('currency').notNull(),
    effectiveFrom: date('effective_from').notNull(),
    effectiveUntil: date('effective_until'),
    isDefault: boolean('is_default').notNull().default(false),
    isActive: boolean('is_active').notNull().default(true),
    metadata: metadata(),
  },
  (t) => [
    uniqueIndex('rate_cards_version_live')
      .on(t.tenantId, t.name, t.version)
      .where(sql`${t.deletedAt} is null`),
    uniqueIndex('rate_cards_one_default')
      .on(t.tenantId, t.currency)
      .where(sql`${t.isDefault} and ${t.deletedAt} is null`),
    metadataCheck('rate_cards', t.metadata),
    check('rate_cards_name_length', sql`length(${t.name}) between 1 and 255`),
    check('rate_cards_version_positive', sql`${t.version} > 0`),
    check('rate_cards_time_in_order', sql`${t.effectiveFrom} < ${t.effectiveUntil}`),
    isCurrency('rate_cards_currency_code', t.currency),
  ],
);

export const rateCardItems = tenantTable(
  'rate_card_items',
  {
    rateCardId: uuid('rate_card_id').notNull(),
    serviceCategoryId: uuid('service_category_id'),
    itemCode: text('item_code').notNull(),
    name: text('name').notNull(),
    unit: text('unit', { enum: UNITS }).notNull(),
    baseRate: numericColumn('base_rate', FORMATS.unitPrice).notNull(),
    cost: numericColumn('cost', FORMATS.unitPrice),
    taxClass: text('tax_class', { enum: TAX_CLASSES }).notNull().default('standard'),
    effectiveFrom: date('effective_from'),
    effectiveUntil: date('effective_until'),
    sortOrder: integer('sort_order').notNull().default(0),
  },
  (t) => [
    foreignKey({
      name: 'rate_card_items_card_fkey',
      columns: [t.tenantId, t.rateCardId],
      foreignColumns: [rateCards.tenantId, rateCards.id],
    }),
    foreignKey({
      name: 'rate_card_items_category_fkey',
      columns: [t.tenantId, t.serviceCategoryId],
      foreignColumns: [serviceCategories.tenantId, serviceCategories.id],
    }),
    uniqueIndex('rate_card_items_code_live')
      .on(t.tenantId, t.rateCardId, t.itemCode)
      .where(sql`${t.deletedAt} is null`),
    index('rate_card_items_order').on(t.tenantId, t.rateCardId, t.sortOrder, t.id),
    index('rate_card_items_category').on(t.tenantId, t.serviceCategoryId),
    check('rate_card_items_code_length', sql`length(${t.itemCode}) between 1 and 64`),
    check('rate_card_items_name_length', sql`length(${t.name}) between 1 and 255`),
    check('rate_card_items_time_in_order', sql`${t.effectiveFrom} < ${t.effectiveUntil}`),
    areNotNegative('rate_card_items_rates_not_negative', t.baseRate, t.cost),
    isOneOf('rate_card_items_unit_known', t.unit, UNITS),
    isOneOf('rate_card_items_tax_class_known', t.taxClass, TAX_CLASSES),
  ],
);

export const rateCardsRelations = relations(rateCards, ({ one, many }) => ({
  tenant: one(tenants, { fields: [rateCards.tenantId], references: [tenants.id] }),
  items: many(rateCardItems),
}));
export const rateCardItemsRelations = relations(rateCardItems, ({ one }) => ({
  rateCard: one(rateCards, {
    fields: [rateCardItems.tenantId, rateCardItems.rateCardId],
    references: [rateCards.tenantId, rateCards.id],
  }),
  serviceCategory: one(serviceCategories, {
    fields: [rateCardItems.tenantId, rateCardItems.serviceCategoryId],
    references: [serviceCategories.tenantId, serviceCategories.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    rateCards: typeof rateCards;
    rateCardItems: typeof rateCardItems;
    rateCardsRelations: typeof rateCardsRelations;
    rateCardItemsRelations: typeof rateCardItemsRelations;
  }
}
