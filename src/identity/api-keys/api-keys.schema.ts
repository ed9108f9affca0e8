import { relations, sql } from 'drizzle-orm';
import { check, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { SYSTEM_TENANT_ID, bytea, tenantTable, tenants, timestamptz } from '../../database/schema.js';

/**
 * Secrets are kept as SHA-256 digests of 256 random bits. The control plane's login may read all rows (a key is looked up
 * before its tenant is known) and write `last_used_at`; everything else passes the tenant's wall.
 */
export const apiKeys = tenantTable(
  'api_keys',
  {
    name: text('name').notNull(),
    publicId: text('public_id').notNull(),
    secretDigest: bytea('secret_digest').notNull(),
    /** After a rotation the secret before it keeps working until `previousExpiresAt`. */
    previousDigest: bytea('previous_digest'),
    previousExpiresAt: timestamptz('previous_expires_at'),
    scopes: text('scopes').array().notNull(),
    createdBy: text('created_by').notNull(),
    expiresAt: timestamptz('expires_at'),
    lastUsedAt: timestamptz('last_used_at'),
    revokedAt: timestamptz('revoked_at'),
  },
  (t) => [
    // Random, unique for everybody: how a key is found before its tenant is known.
    uniqueIndex('api_keys_public_id').on(t.publicId),
    check('api_keys_name_length', sql`length(${t.name}) between 1 and 255`),
    check(
      'api_keys_platform_scopes_in_system_tenant',
      sql`not ('platform:admin' = any(${t.scopes})) or ${t.tenantId} = ${sql.raw(`'${SYSTEM_TENANT_ID}'`)}`,
    ),
  ],
);

export const apiKeysRelations = relations(apiKeys, ({ one }) => ({
  tenant: one(tenants, { fields: [apiKeys.tenantId], references: [tenants.id] }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    apiKeys: typeof apiKeys;
    apiKeysRelations: typeof apiKeysRelations;
  }
}
