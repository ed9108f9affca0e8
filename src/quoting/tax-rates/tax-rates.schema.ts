import { relations, sql } from 'drizzle-orm';
import { check, date, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { tenantTable, tenants } from '../../database/schema.js';
import { FORMATS, numericColumn } from '../../money/index.js';
import { isOneOf } from '../checks.js';
import { TAX_CLASSES } from './tax-rate-on.js';

/** The rate of a tax class from a day on. */
export const taxRates = tenantTable(
  'tax_rates',
  {
    taxClass: text('tax_class', { enum: TAX_CLASSES }).notNull(),
    rate: numericColumn('rate', FORMATS.fraction).notNull(),
    validFrom: date('valid_from').notNull(),
  },
  (t) => [
    uniqueIndex('tax_rates_class_live')
      .on(t.tenantId, t.taxClass, t.validFrom)
      .where(sql`${t.deletedAt} is null`),
    check('tax_rates_rate_is_fraction', sql`${t.rate} between 0 and 1`),
    check('tax_rates_exempt_is_zero', sql`${t.taxClass} <> 'exempt' or ${t.rate} = 0`),
    isOneOf('tax_rates_class_known', t.taxClass, TAX_CLASSES),
  ],
);

export const taxRatesRelations = relations(taxRates, ({ one }) => ({
  tenant: one(tenants, { fields: [taxRates.tenantId], references: [tenants.id] }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    taxRates: typeof taxRates;
    taxRatesRelations: typeof taxRatesRelations;
  }
}
