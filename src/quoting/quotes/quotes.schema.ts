import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { metadata, metadataCheck, tenantTable, timestamptz } from '../../database/schema.js';
import { isOneOf } from '../checks.js';
import { customers } from '../customers/customers.schema.js';
import { projects } from '../projects/projects.schema.js';
import { quoteContentChecks } from './content-checks.js';
import { quoteContentColumns } from './content-columns.js';
import { QUOTE_STATUSES } from './quote-states.js';

/** An offer to a customer. `status` is what was stored last: ask `statusOn()` what it is today. */
export const quotes = tenantTable(
  'quotes',
  {
    /** `Q-2026-0001`; kept when the quote is deleted, so that it is never given twice. */
    number: text('number').notNull(),
    ...quoteContentColumns(),
    status: text('status', { enum: QUOTE_STATUSES }).notNull().default('draft'),
    approvedBy: text('approved_by'),
    approvedAt: timestamptz('approved_at'),
    sentAt: timestamptz('sent_at'),
    viewedAt: timestamptz('viewed_at'),
    acceptedAt: timestamptz('accepted_at'),
    /** Who accepted, as they called themselves: over a public link nobody is signed in. */
    acceptedByName: text('accepted_by_name'),
    acceptedByRole: text('accepted_by_role'),
    rejectedAt: timestamptz('rejected_at'),
    /** Why it was rejected or cancelled. */
    reason: text('reason'),
    /** The number of its newest version. */
    version: integer('version').notNull().default(1),
    createdBy: text('created_by').notNull(),
    metadata: metadata(),
  },
  (t) => [
    foreignKey({
      name: 'quotes_customer_fkey',
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }),
    foreignKey({
      name: 'quotes_project_of_customer_fkey',
      columns: [t.tenantId, t.customerId, t.projectId],
      foreignColumns: [projects.tenantId, projects.customerId, projects.id],
    }),
    uniqueIndex('quotes_number').on(t.tenantId, t.number),
    index('quotes_status').on(t.tenantId, t.status, t.id),
    index('quotes_customer').on(t.tenantId, t.customerId, t.id),
    // A project has few quotes: those of a list are sorted. The customer is in it for the foreign key.
    index('quotes_project').on(t.tenantId, t.projectId, t.customerId),
    index('quotes_creator').on(t.tenantId, t.createdBy, t.id),
    // What the sweep looks for.
    index('quotes_expiring')
      .on(t.tenantId, t.validUntil)
      .where(sql`${t.status} in ('sent', 'viewed')`),
    metadataCheck('quotes', t.metadata),
    ...quoteContentChecks('quotes', t),
    check('quotes_version_positive', sql`${t.version} > 0`),
    check('quotes_approval_whole', sql`(${t.approvedBy} is null) = (${t.approvedAt} is null)`),
    check('quotes_accepted_when', sql`(${t.status} = 'accepted') = (${t.acceptedAt} is not null)`),
    check(
      'quotes_reason_given',
      sql`${t.status} not in ('rejected', 'cancelled') or (${t.reason} is not null and length(${t.reason}) > 0)`,
    ),
    isOneOf('quotes_status_known', t.status, QUOTE_STATUSES),
  ],
);

declare module '../../database/index.js' {
  interface DatabaseSchema {
    quotes: typeof quotes;
  }
}
