import { sql } from 'drizzle-orm';
import { boolean, check, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { newId, tenants, timestamps } from '../../database/schema.js';

export const FEATURE_SOURCES = ['plan', 'override'] as const;

/** Where a tenant's features differ from, or were set by, its plan. Control plane. */
export const tenantFeatures = pgTable(
  'tenant_features',
  {
    id: uuid('id').primaryKey().$defaultFn(newId),
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    feature: text('feature').notNull(),
    enabled: boolean('enabled').notNull(),
    source: text('source', { enum: FEATURE_SOURCES }).notNull(),
    ...timestamps(),
  },
  (t) => [
    uniqueIndex('tenant_features_feature').on(t.tenantId, t.feature),
    check('tenant_features_source_known', sql`${t.source} in ('plan', 'override')`),
  ],
);

declare module '../../database/index.js' {
  interface DatabaseSchema {
    tenantFeatures: typeof tenantFeatures;
  }
}
