import { relations, sql } from 'drizzle-orm';
import { check, date, foreignKey, index, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { metadata, metadataCheck, tenantTable } from '../../database/schema.js';
import { FORMATS, numericColumn } from '../../money/index.js';
import { areNotNegative, isOneOf } from '../checks.js';
import { customers } from '../customers/customers.schema.js';

export const PROJECT_STATUSES = ['planning', 'active', 'on_hold', 'completed', 'cancelled'] as const;

/** What is done for a customer. */
export const projects = tenantTable(
  'projects',
  {
    customerId: uuid('customer_id').notNull(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    status: text('status', { enum: PROJECT_STATUSES }).notNull().default('planning'),
    /** A member. No foreign key: it would tell which ids are users, of whatever tenant. */
    ownerId: uuid('owner_id'),
    startsOn: date('starts_on'),
    endsOn: date('ends_on'),
    budget: numericColumn('budget', FORMATS.amount),
    metadata: metadata(),
  },
  (t) => [
    foreignKey({
      name: 'projects_customer_fkey',
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }),
    uniqueIndex('projects_code_live')
      .on(t.tenantId, t.code)
      .where(sql`${t.deletedAt} is null`),
    // What the foreign key of quotes refers to: a quote's project is one of the quote's customer. A constraint, since
    // drizzle-kit creates indexes after the foreign keys.
    unique('projects_of_customer').on(t.tenantId, t.customerId, t.id),
    index('projects_status').on(t.tenantId, t.status, t.id),
    metadataCheck('projects', t.metadata),
    check('projects_code_length', sql`length(${t.code}) between 1 and 64`),
    check('projects_name_length', sql`length(${t.name}) between 1 and 255`),
    check('projects_time_in_order', sql`${t.startsOn} <= ${t.endsOn}`),
    areNotNegative('projects_budget_not_negative', t.budget),
    isOneOf('projects_status_known', t.status, PROJECT_STATUSES),
  ],
);

export const projectsRelations = relations(projects, ({ one }) => ({
  customer: one(customers, {
    fields: [projects.tenantId, projects.customerId],
    references: [customers.tenantId, customers.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    projects: typeof projects;
    projectsRelations: typeof projectsRelations;
  }
}
