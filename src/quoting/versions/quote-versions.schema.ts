import { relations } from 'drizzle-orm';
import { foreignKey, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { tenantTable } from '../../database/schema.js';
import { isOneOf } from '../checks.js';
import { lineContentChecks, quoteContentChecks } from '../quotes/content-checks.js';
import { lineContentColumns, quoteContentColumns } from '../quotes/content-columns.js';
import { QUOTE_STATUSES } from '../quotes/quote-states.js';
import { quotes } from '../quotes/quotes.schema.js';

/** All that a quote said at one time. Written once: neither login may UPDATE or DELETE. */
export const quoteVersions = tenantTable(
  'quote_versions',
  {
    quoteId: uuid('quote_id').notNull(),
    /** From 1 on, without gaps. */
    number: integer('number').notNull(),
    /** The quote's status when the version was made. */
    status: text('status', { enum: QUOTE_STATUSES }).notNull(),
    ...quoteContentColumns(),
    reason: text('reason'),
    createdBy: text('created_by').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'quote_versions_quote_fkey',
      columns: [t.tenantId, t.quoteId],
      foreignColumns: [quotes.tenantId, quotes.id],
    }),
    uniqueIndex('quote_versions_number').on(t.tenantId, t.quoteId, t.number),
    ...quoteContentChecks('quote_versions', t),
    isOneOf('quote_versions_status_known', t.status, QUOTE_STATUSES),
  ],
);

/** The lines of a version. Written once, too. */
export const quoteLineVersions = tenantTable(
  'quote_line_versions',
  {
    quoteVersionId: uuid('quote_version_id').notNull(),
    /** The same from version to version. No foreign key: the line itself may be gone. */
    lineId: uuid('line_id').notNull(),
    ...lineContentColumns(),
  },
  (t) => [
    foreignKey({
      name: 'quote_line_versions_version_fkey',
      columns: [t.tenantId, t.quoteVersionId],
      foreignColumns: [quoteVersions.tenantId, quoteVersions.id],
    }),
    uniqueIndex('quote_line_versions_number').on(t.tenantId, t.quoteVersionId, t.lineNumber),
    ...lineContentChecks('quote_line_versions', t),
  ],
);

export const quoteVersionsRelations = relations(quoteVersions, ({ one, many }) => ({
  quote: one(quotes, {
    fields: [quoteVersions.tenantId, quoteVersions.quoteId],
    references: [quotes.tenantId, quotes.id],
  }),
  lines: many(quoteLineVersions),
}));
export const quoteLineVersionsRelations = relations(quoteLineVersions, ({ one }) => ({
  version: one(quoteVersions, {
    fields: [quoteLineVersions.tenantId, quoteLineVersions.quoteVersionId],
    references: [quoteVersions.tenantId, quoteVersions.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    quoteVersions: typeof quoteVersions;
    quoteLineVersions: typeof quoteLineVersions;
    quoteVersionsRelations: typeof quoteVersionsRelations;
    quoteLineVersionsRelations: typeof quoteLineVersionsRelations;
  }
}
