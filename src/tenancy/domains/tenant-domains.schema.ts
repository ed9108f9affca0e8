import { sql } from 'drizzle-orm';
import { check, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { newId, tenants, timestamps, timestamptz } from '../../database/schema.js';

export const DOMAIN_STATUSES = ['pending', 'verified', 'failed'] as const;

/** Domains that tenants claim; a domain is one tenant's only once it is verified. Control plane. */
export const tenantDomains = pgTable(
  'tenant_domains',
  {
    id: uuid('id').primaryKey().$defaultFn(newId),
    tenantId: uuid('tenant_id')
      .notNull()
      .references(() => tenants.id),
    domain: text('domain').notNull(),
    status: text('status', { enum: DOMAIN_STATUSES }).notNull().default('pending'),
    /** What the tenant publishes in DNS; no secret. */
    verificationToken: text('verification_token').notNull(),
    verifiedAt: timestamptz('verified_at'),
    ...timestamps(),
  },
  (t) => [
    uniqueIndex('tenant_domains_verified')
      .on(t.domain)
      .where(sql`${t.status} = 'verified' and ${t.deletedAt} is null`),
    uniqueIndex('tenant_domains_live')
      .on(t.tenantId, t.domain)
      .where(sql`${t.deletedAt} is null`),
    check(
      'tenant_domains_lower_case',
      sql`${t.domain} = lower(${t.domain}) and length(${t.domain}) between 3 and 253`,
    ),
    check('tenant_domains_status_known', sql`${t.status} in ('pending', 'verified', 'failed')`),
  ],
);

declare module '../../database/index.js' {
  interface DatabaseSchema {
    tenantDomains: typeof tenantDomains;
  }
}
