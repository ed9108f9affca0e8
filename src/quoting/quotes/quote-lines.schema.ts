import { relations } from 'drizzle-orm';
import { foreignKey, index, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { metadata, metadataCheck, tenantTable } from '../../database/schema.js';
import { customers } from '../customers/customers.schema.js';
import { projects } from '../projects/projects.schema.js';
import { rateCardItems } from '../rate-cards/rate-cards.schema.js';
import { serviceCategories } from '../service-categories/service-categories.schema.js';
import { lineContentChecks } from './content-checks.js';
import { lineContentColumns } from './content-columns.js';
import { quotes } from './quotes.schema.js';

/** A line of a quote. One that goes is deleted, not marked: the versions keep what it was. */
export const quoteLines = tenantTable(
  'quote_lines',
  { quoteId: uuid('quote_id').notNull(), ...lineContentColumns(), metadata: metadata() },
  (t) => [
    foreignKey({
      name: 'quote_lines_quote_fkey',
      columns: [t.tenantId, t.quoteId],
      foreignColumns: [quotes.tenantId, quotes.id],
    }),
    foreignKey({
      name: 'quote_lines_category_fkey',
      columns: [t.tenantId, t.serviceCategoryId],
      foreignColumns: [serviceCategories.tenantId, serviceCategories.id],
    }),
    foreignKey({
      name: 'quote_lines_rate_card_item_fkey',
      columns: [t.tenantId, t.rateCardItemId],
      foreignColumns: [rateCardItems.tenantId, rateCardItems.id],
    }),
    uniqueIndex('quote_lines_number').on(t.tenantId, t.quoteId, t.lineNumber),
    index('quote_lines_category').on(t.tenantId, t.serviceCategoryId),
    index('quote_lines_rate_card_item').on(t.tenantId, t.rateCardItemId),
    metadataCheck('quote_lines', t.metadata),
    ...lineContentChecks('quote_lines', t),
  ],
);

export const quotesRelations = relations(quotes, ({ one, many }) => ({
  customer: one(customers, {
    fields: [quotes.tenantId, quotes.customerId],
    references: [customers.tenantId, customers.id],
  }),
  project: one(projects, {
    fields: [quotes.tenantId, quotes.projectId],
    references: [projects.tenantId, projects.id],
  }),
  lines: many(quoteLines),
}));

export const quoteLinesRelations = relations(quoteLines, ({ one }) => ({
  quote: one(quotes, {
    fields: [quoteLines.tenantId, quoteLines.quoteId],
    references: [quotes.tenantId, quotes.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    quoteLines: typeof quoteLines;
    quotesRelations: typeof quotesRelations;
    quoteLinesRelations: typeof quoteLinesRelations;
  }
}
