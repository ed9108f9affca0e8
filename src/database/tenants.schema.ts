import { sql } from 'drizzle-orm';
import { check, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { newId, timestamps } from './columns.js';
import { exemptJsonb } from './metadata/exempt-jsonb.js';

/** The operators' own tenant: its members administer the platform. Inserted by the first migration. */
export const SYSTEM_TENANT_ID = '00000000-0000-0000-0000-000000000001';

export const TENANT_STATUSES = ['provisioning', 'active', 'suspended', 'archived'] as const;
export const TENANT_PLANS = ['free', 'pro', 'enterprise'] as const;
export const TENANT_ISOLATIONS = ['shared', 'schema', 'database'] as const;
export type TenantStatus = (typeof TENANT_STATUSES)[number];
export type TenantPlan = (typeof TENANT_PLANS)[number];

const oneOf = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

/** The tenant catalogue: control plane, unreachable for `rowhouse_app`. Every tenant table refers to it. */
export const tenants = pgTable(
  'tenants',
  {
    id: uuid('id').primaryKey().$defaultFn(newId),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    status: text('status', { enum: TENANT_STATUSES }).notNull().default('provisioning'),
    plan: text('plan', { enum: TENANT_PLANS }).notNull().default('free'),
    isolation: text('isolation', { enum: TENANT_ISOLATIONS }).notNull().default('shared'),
    dataRegion: text('data_region').notNull().default('eu'),
    settings: exemptJsonb<Record<string, unknown>>(
      'settings',
      'what a tenant sets up for itself, such as its usual currency; no record of business',
    )
      .notNull()
      .default({}),
    branding: exemptJsonb<Record<string, unknown>>('branding', 'how a tenant looks; no record of business')
      .notNull()
      .default({}),
    contactEmail: text('contact_email'),
    ...timestamps(),
  },
  (t) => [
    uniqueIndex('tenants_slug_live')
      .on(t.slug)
      .where(sql`${t.deletedAt} is null`),
    check(
      'tenants_slug_is_dns_label',
      sql`${t.slug} ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' and length(${t.slug}) <= 63`,
    ),
    check('tenants_name_length', sql`length(${t.name}) between 1 and 255`),
    check('tenants_status_known', sql`${t.status} in (${oneOf(TENANT_STATUSES)})`),
    check('tenants_plan_known', sql`${t.plan} in (${oneOf(TENANT_PLANS)})`),
    check('tenants_isolation_known', sql`${t.isolation} in (${oneOf(TENANT_ISOLATIONS)})`),
  ],
);
