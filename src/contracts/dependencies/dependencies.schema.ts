import { relations } from 'drizzle-orm';
import { foreignKey, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { tenantTable, timestamptz } from '../../database/schema.js';
import { services } from '../services/services.schema.js';

/** Which consumer version asks things of which provider; kept by the recording, so that nobody has to scan for it. */
export const dependencies = tenantTable(
  'dependencies',
  {
    consumerId: uuid('consumer_id').notNull(),
    consumerVersion: text('consumer_version').notNull(),
    providerId: uuid('provider_id').notNull(),
    /** How many interactions were recorded of it; every recording of new ones waits here for the one before. */
    interactions: integer('interactions').notNull(),
    firstSeenAt: timestamptz('first_seen_at').notNull(),
    lastSeenAt: timestamptz('last_seen_at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'dependencies_consumer_fkey',
      columns: [t.tenantId, t.consumerId],
      foreignColumns: [services.tenantId, services.id],
    }),
    foreignKey({
      name: 'dependencies_provider_fkey',
      columns: [t.tenantId, t.providerId],
      foreignColumns: [services.tenantId, services.id],
    }),
    uniqueIndex('dependencies_once').on(t.tenantId, t.consumerId, t.consumerVersion, t.providerId),
    index('dependencies_provider').on(t.tenantId, t.providerId, t.consumerId, t.consumerVersion),
  ],
);

export const dependenciesRelations = relations(dependencies, ({ one }) => ({
  consumer: one(services, {
    relationName: 'consumer',
    fields: [dependencies.tenantId, dependencies.consumerId],
    references: [services.tenantId, services.id],
  }),
  provider: one(services, {
    relationName: 'provider',
    fields: [dependencies.tenantId, dependencies.providerId],
    references: [services.tenantId, services.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    dependencies: typeof dependencies;
    dependenciesRelations: typeof dependenciesRelations;
  }
}
