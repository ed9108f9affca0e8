import { relations, sql } from 'drizzle-orm';
import { check, integer, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { tenantTable, tenants } from '../../database/schema.js';
import { isOneOf } from '../checks.js';
import { NUMBERED } from './numbers.js';

/** The last number given of a kind and a year. Its row is locked until the transaction ends, so that none is left out. */
export const counters = tenantTable(
  'counters',
  {
    kind: text('kind', { enum: NUMBERED }).notNull(),
    /** Zero where the numbers run through. */
    year: integer('year').notNull(),
    value: integer('value').notNull(),
  },
  (t) => [
    uniqueIndex('counters_kind_and_year').on(t.tenantId, t.kind, t.year),
    check('counters_value_positive', sql`${t.value} > 0`),
    isOneOf('counters_kind_known', t.kind, NUMBERED),
  ],
);

export const countersRelations = relations(counters, ({ one }) => ({
  tenant: one(tenants, { fields: [counters.tenantId], references: [tenants.id] }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    counters: typeof counters;
    countersRelations: typeof countersRelations;
  }
}
