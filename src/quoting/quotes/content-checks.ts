import { sql } from 'drizzle-orm';
import { type AnyPgColumn, check } from 'drizzle-orm/pg-core';
import { areNotNegative, isCurrency, isDiscount, isOneOf } from '../checks.js';
import { LINE_DISCOUNTS, QUOTE_DISCOUNTS } from '../pricing/pricing.types.js';
import { RATE_SOURCES, UNITS } from '../rate-cards/rate-cards.types.js';
import { TAX_CLASSES } from '../tax-rates/tax-rate-on.js';
import { LINE_KINDS, type LineContent, QUOTE_TYPES, type QuoteContent } from './quotes.types.js';

type Columns<T> = Record<keyof T, AnyPgColumn>;

/** What holds of the content of every quote and version; the figures add up, whoever writes them. */
export const quoteContentChecks = (table: string, t: Columns<QuoteContent>) => [
  check(`${table}_title_length`, sql`length(${t.title}) between 1 and 255`),
  check(`${table}_validity_in_order`, sql`${t.validFrom} <= ${t.validUntil}`),
  check(`${table}_exchange_rate_positive`, sql`${t.exchangeRate} > 0`),
  check(
    `${table}_figures_add_up`,
    sql`${t.totalAmount} = ${t.subtotal} - ${t.discountAmount} + ${t.taxAmount} and ${t.discountAmount} <= ${t.subtotal}`,
  ),
  areNotNegative(`${table}_figures_not_negative`, t.subtotal, t.discountAmount, t.taxAmount, t.totalAmount),
  isCurrency(`${table}_currency_code`, t.currency),
  isDiscount(`${table}_discount_whole`, QUOTE_DISCOUNTS, { type: t.discountType, value: t.discountValue }),
  isOneOf(`${table}_type_known`, t.type, QUOTE_TYPES),
];

/** What holds of the content of every line, and of every version of it. */
export const lineContentChecks = (table: string, t: Columns<LineContent>) => [
  check(`${table}_number_positive`, sql`${t.lineNumber} > 0`),
  check(`${table}_description_length`, sql`length(${t.description}) between 1 and 4000`),
  check(`${table}_quantity_positive`, sql`${t.quantity} > 0`),
  check(`${table}_tax_rate_is_fraction`, sql`${t.taxRate} between 0 and 1`),
  check(`${table}_figures_add_up`, sql`${t.total} = ${t.net} + ${t.tax}`),
  areNotNegative(`${table}_figures_not_negative`, t.unitPrice, t.unitCost, t.net, t.tax, t.total),
  isDiscount(`${table}_discount_whole`, LINE_DISCOUNTS, { type: t.discountType, value: t.discountValue }),
  isOneOf(`${table}_kind_known`, t.kind, LINE_KINDS),
  isOneOf(`${table}_unit_known`, t.unit, UNITS),
  isOneOf(`${table}_rate_source_known`, t.rateSource, RATE_SOURCES),
  isOneOf(`${table}_tax_class_known`, t.taxClass, TAX_CLASSES),
];
