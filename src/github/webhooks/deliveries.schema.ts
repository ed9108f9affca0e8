import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, newId, timestamptz } from '../../database/schema.js';

/**
 * `received`: waits for its turn. `unbound`: is understood, and waits until a tenant connects its installation. `ignored`:
 * nothing that we follow. `failed`: three attempts were in vain, or nobody could read it.
 */
export const DELIVERY_STATUSES = ['received', 'processed', 'ignored', 'unbound', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What GitHub has sent, to the byte, and what became of it. Control plane: a delivery does not say whose it is. */
export const githubDeliveries = pgTable(
  'github_deliveries',
  {
    id: uuid('id').primaryKey().$defaultFn(newId),
    /** GitHub's, the same when it sends again. */
    deliveryId: text('delivery_id').notNull(),
    event: text('event').notNull(),
    /** Read from the payload once it is handled, as the installation is. */
    action: text('action'),
    installationId: bigint('installation_id', { mode: 'number' }),
    /** SHA-256 of the payload. */
    digest: bytea('digest').notNull(),
    /** The bytes that were signed. */
    payload: bytea('payload').notNull(),
    status: text('status', { enum: DELIVERY_STATUSES }).notNull().default('received'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: timestamptz('next_attempt_at')
      .notNull()
      .default(sql`now()`),
    lastError: text('last_error'),
    receivedAt: timestamptz('received_at')
      .notNull()
      .default(sql`now()`),
    processedAt: timestamptz('processed_at'),
  },
  (t) => [
    uniqueIndex('github_deliveries_delivery').on(t.deliveryId),
    index('github_deliveries_due')
      .on(t.nextAttemptAt)
      .where(sql`${t.status} = 'received'`),
    index('github_deliveries_unbound')
      .on(t.installationId)
      .where(sql`${t.status} = 'unbound'`),
    index('github_deliveries_status').on(t.status, t.id),
    index('github_deliveries_age').on(t.receivedAt),
    check('github_deliveries_delivery_length', sql`length(${t.deliveryId}) between 1 and 100`),
    check(
      'github_deliveries_status_known',
      sql`${t.status} in ('received', 'processed', 'ignored', 'unbound', 'failed')`,
    ),
  ],
);

declare module '../../database/index.js' {
  interface DatabaseSchema {
    githubDeliveries: typeof githubDeliveries;
  }
}
