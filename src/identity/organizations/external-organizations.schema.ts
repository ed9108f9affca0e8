import { sql } from 'drizzle-orm';
import { check, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { newId, tenants, timestamps } from '../../database/schema.js';

/** Which tenant an identity provider's organization is: looked up, never cast. Control plane only. */
export const externalOrganizations = pgTable(
  'external_organizations',
  {
    id: uuid('id').primaryKey().$defaultFn(newId),
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    issuer: text('issuer').notNull(),
    externalId: text('external_id').notNull(),
    ...timestamps(),
  },
  (t) => [
    uniqueIndex('external_organizations_name').on(t.issuer, t.externalId),
    check('external_organizations_length', sql`length(${t.externalId}) between 1 and 255`),
  ],
);

declare module '../../database/index.js' {
  interface DatabaseSchema {
    externalOrganizations: typeof externalOrganizations;
  }
}
