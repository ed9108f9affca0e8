import { boolean, date, integer, text, uuid } from 'drizzle-orm/pg-core';
import { FORMATS, numericColumn } from '../../money/index.js';
import { LINE_DISCOUNTS, QUOTE_DISCOUNTS } from '../pricing/pricing.types.js';
import { RATE_SOURCES, UNITS } from '../rate-cards/rate-cards.types.js';
import { TAX_CLASSES } from '../tax-rates/tax-rate-on.js';
import { LINE_KINDS, QUOTE_TYPES } from './quotes.types.js';

/** `QuoteContent` as columns: of a quote, and of each version of it. The figures are computed here, never sent. */
export const quoteContentColumns = () => ({
  customerId: uuid('customer_id').notNull(),
  projectId: uuid('project_id'),
  title: text('title').notNull(),
  description: text('description'),
  type: text('type', { enum: QUOTE_TYPES }).notNull().default('fixed_price'),
  /** The day whose rates and taxes count. */
  validFrom: date('valid_from').notNull(),
  /** The last day on which it can be accepted. */
  validUntil: date('valid_until').notNull(),
  currency: text('currency').notNull(),
  exchangeRate: numericColumn('exchange_rate', FORMATS.exchangeRate).notNull().default('1'),
  pricesIncludeTax: boolean('prices_include_tax').notNull().default(false),
  discountType: text('discount_type', { enum: QUOTE_DISCOUNTS }),
  discountValue: numericColumn('discount_value', FORMATS.unitPrice),
  subtotal: numericColumn('subtotal', FORMATS.amount).notNull().default('0'),
  discountAmount: numericColumn('discount_amount', FORMATS.amount).notNull().default('0'),
  taxAmount: numericColumn('tax_amount', FORMATS.amount).notNull().default('0'),
  totalAmount: numericColumn('total_amount', FORMATS.amount).notNull().default('0'),
  terms: text('terms'),
  notes: text('notes'),
  internalNotes: text('internal_notes'),
});

/** `LineContent` as columns: of a line, and of each version of it. */
export const lineContentColumns = () => ({
  lineNumber: integer('line_number').notNull(),
  kind: text('kind', { enum: LINE_KINDS }).notNull(),
  sku: text('sku'),
  description: text('description').notNull(),
  serviceCategoryId: uuid('service_category_id'),
  rateCardItemId: uuid('rate_card_item_id'),
  rateSource: text('rate_source', { enum: RATE_SOURCES }).notNull(),
  quantity: numericColumn('quantity', FORMATS.quantity).notNull(),
  unit: text('unit', { enum: UNITS }).notNull(),
  unitPrice: numericColumn('unit_price', FORMATS.unitPrice).notNull(),
  unitCost: numericColumn('unit_cost', FORMATS.unitPrice),
  discountType: text('discount_type', { enum: LINE_DISCOUNTS }),
  discountValue: numericColumn('discount_value', FORMATS.unitPrice),
  taxClass: text('tax_class', { enum: TAX_CLASSES }).notNull(),
  taxRate: numericColumn('tax_rate', FORMATS.fraction).notNull(),
  net: numericColumn('net', FORMATS.amount).notNull(),
  tax: numericColumn('tax', FORMATS.amount).notNull(),
  total: numericColumn('total', FORMATS.amount).notNull(),
});
