import { relations, sql } from 'drizzle-orm';
import { boolean, check, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { tenantTable, tenants } from '../../database/schema.js';

/** Where versions are deployed to. */
export const environments = tenantTable(
  'environments',
  {
    name: text('name').notNull(),
    displayName: text('display_name').notNull(),
    isProduction: boolean('is_production').notNull().default(false),
  },
  (t) => [
    uniqueIndex('environments_name_live')
      .on(t.tenantId, t.name)
      .where(sql`${t.deletedAt} is null`),
    check('environments_name_length', sql`length(${t.name}) between 1 and 64`),
  ],
);

export const environmentsRelations = relations(environments, ({ one }) => ({
  tenant: one(tenants, { fields: [environments.tenantId], references: [tenants.id] }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    environments: typeof environments;
    environmentsRelations: typeof environmentsRelations;
  }
}
