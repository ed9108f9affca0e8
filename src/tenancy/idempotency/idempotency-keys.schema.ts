import { relations } from 'drizzle-orm';
import { index } from 'drizzle-orm/pg-core';
import { bytea, tenantTable, tenants } from '../../database/schema.js';

/**
 * The answers of POSTs that carried an `Idempotency-Key`, written in the transaction of their effect.
 * `id` is derived from principal, route and key: the primary key is what makes a key count once.
 */
export const idempotencyKeys = tenantTable(
  'idempotency_keys',
  {
    /** SHA-256 of method, path and canonical body. */
    fingerprint: bytea('fingerprint').notNull(),
    /** Status, headers and body, sealed under the client's key: an answer may hold a secret that is shown once. */
    answer: bytea('answer').notNull(),
  },
  // Rows come in the order of time: a few bytes are enough to find the old ones.
  (t) => [index('idempotency_keys_age').using('brin', t.createdAt)],
);

export const idempotencyKeysRelations = relations(idempotencyKeys, ({ one }) => ({
  tenant: one(tenants, { fields: [idempotencyKeys.tenantId], references: [tenants.id] }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    idempotencyKeys: typeof idempotencyKeys;
    idempotencyKeysRelations: typeof idempotencyKeysRelations;
  }
}
