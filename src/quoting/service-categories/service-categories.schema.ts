import { relations, sql } from 'drizzle-orm';
import { check, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { tenantTable, tenants } from '../../database/schema.js';
import { isOneOf } from '../checks.js';
import { UNITS } from '../rate-cards/rate-cards.types.js';

/** A kind of work, by which rates are found. */
export const serviceCategories = tenantTable(
  'service_categories',
  {
    code: text('code').notNull(),
    name: text('name').notNull(),
    defaultUnit: text('default_unit', { enum: UNITS }).notNull().default('hour'),
  },
  (t) => [
    uniqueIndex('service_categories_code_live')
      .on(t.tenantId, t.code)
      .where(sql`${t.deletedAt} is null`),
    check('service_categories_code_length', sql`length(${t.code}) between 1 and 64`),
    check('service_categories_name_length', sql`length(${t.name}) between 1 and 255`),
    isOneOf('service_categories_unit_known', t.defaultUnit, UNITS),
  ],
);

export const serviceCategoriesRelations = relations(serviceCategories, ({ one }) => ({
  tenant: one(tenants, { fields: [serviceCategories.tenantId], references: [tenants.id] }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    serviceCategories: typeof serviceCategories;
    serviceCategoriesRelations: typeof serviceCategoriesRelations;
  }
}
