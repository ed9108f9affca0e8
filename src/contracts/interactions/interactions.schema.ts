import { relations, sql } from 'drizzle-orm';
import { foreignKey, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, exemptJsonb, tenantTable, timestamptz } from '../../database/schema.js';
import { services } from '../services/services.schema.js';
import type { Message } from './canonical.js';
import type { Violation } from '../specs/violation.js';

const MESSAGES = 'messages of the services under test, in their own words';

/** One request and the response to it that a consumer version relies on. */
export const interactions = tenantTable(
  'interactions',
  {
    /** The provider. */
    serviceId: uuid('service_id').notNull(),
    /** Of the provider, where the recording knows it. */
    serviceVersion: text('service_version'),
    consumerId: uuid('consumer_id').notNull(),
    consumerVersion: text('consumer_version').notNull(),
    environment: text('environment').notNull(),
    operation: text('operation').notNull(),
    request: exemptJsonb<Message>('request', MESSAGES).notNull(),
    response: exemptJsonb<Message>('response', MESSAGES).notNull(),
    recordedAt: timestamptz('recorded_at').notNull(),
    durationMs: integer('duration_ms'),
    clientInfo: exemptJsonb<Record<string, unknown>>('client_info', 'what a recording tool says of itself'),
    /** Where it contradicts the provider's description; null: there was none to check it against. */
    violations: exemptJsonb<Violation[]>('violations', 'a list of ours: path, code and message'),
    hash: bytea('hash').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'interactions_service_fkey',
      columns: [t.tenantId, t.serviceId],
      foreignColumns: [services.tenantId, services.id],
    }),
    foreignKey({
      name: 'interactions_consumer_fkey',
      columns: [t.tenantId, t.consumerId],
      foreignColumns: [services.tenantId, services.id],
    }),
    uniqueIndex('interactions_hash_live')
      .on(t.tenantId, t.hash)
      .where(sql`${t.deletedAt} is null`),
    // What a task takes its snapshot from, and the lists of a pair.
    index('interactions_pair').on(t.tenantId, t.serviceId, t.consumerId, t.consumerVersion, t.id),
    index('interactions_provider').on(t.tenantId, t.serviceId, t.id),
    index('interactions_consumer').on(t.tenantId, t.consumerId, t.id),
    // The statistics look at the newest days of one provider.
    index('interactions_recorded').on(t.tenantId, t.serviceId, t.recordedAt),
  ],
);

export const interactionsRelations = relations(interactions, ({ one }) => ({
  service: one(services, {
    relationName: 'provider',
    fields: [interactions.tenantId, interactions.serviceId],
    references: [services.tenantId, services.id],
  }),
  consumer: one(services, {
    relationName: 'consumer',
    fields: [interactions.tenantId, interactions.consumerId],
    references: [services.tenantId, services.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    interactions: typeof interactions;
    interactionsRelations: typeof interactionsRelations;
  }
}
