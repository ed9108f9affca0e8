import { relations } from 'drizzle-orm';
import { foreignKey, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, tenantTable, timestamptz } from '../../database/schema.js';
import { quotes } from '../quotes/quotes.schema.js';

/** A link by which a customer, who has no login, sees and answers a quote. */
export const quoteLinks = tenantTable(
  'quote_links',
  {
    quoteId: uuid('quote_id').notNull(),
    /** Of the token, which stands in the link only. */
    tokenDigest: bytea('token_digest').notNull(),
    expiresAt: timestamptz('expires_at').notNull(),
    revokedAt: timestamptz('revoked_at'),
    createdBy: text('created_by').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'quote_links_quote_fkey',
      columns: [t.tenantId, t.quoteId],
      foreignColumns: [quotes.tenantId, quotes.id],
    }),
    uniqueIndex('quote_links_digest').on(t.tenantId, t.tokenDigest),
    index('quote_links_quote').on(t.tenantId, t.quoteId, t.id),
  ],
);

export const quoteLinksRelations = relations(quoteLinks, ({ one }) => ({
  quote: one(quotes, {
    fields: [quoteLinks.tenantId, quoteLinks.quoteId],
    references: [quotes.tenantId, quotes.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    quoteLinks: typeof quoteLinks;
    quoteLinksRelations: typeof quoteLinksRelations;
  }
}
