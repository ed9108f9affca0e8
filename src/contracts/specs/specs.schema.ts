import { relations, sql } from 'drizzle-orm';
import { foreignKey, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, exemptJsonb, tenantTable, timestamptz } from '../../database/schema.js';
import { SPEC_TYPES, services } from '../services/services.schema.js';

/** The description of a service version's API, as it was uploaded. */
export const specs = tenantTable(
  'specs',
  {
    serviceId: uuid('service_id').notNull(),
    version: text('version').notNull(),
    branch: text('branch').notNull().default('main'),
    /** Empty: of no environment in particular. Not null, so that it counts in the unique index. */
    environment: text('environment').notNull().default(''),
    spec: exemptJsonb<Record<string, unknown>>(
      'spec',
      'a published description, in the words of its standard',
    ).notNull(),
    specType: text('spec_type', { enum: SPEC_TYPES }).notNull(),
    /** SHA-256 of the document with sorted keys. */
    contentSha: bytea('content_sha').notNull(),
    uploadedBy: text('uploaded_by').notNull(),
    uploadedAt: timestamptz('uploaded_at')
      .notNull()
      .default(sql`now()`),
  },
  (t) => [
    foreignKey({
      name: 'specs_service_fkey',
      columns: [t.tenantId, t.serviceId],
      foreignColumns: [services.tenantId, services.id],
    }),
    uniqueIndex('specs_place_live')
      .on(t.tenantId, t.serviceId, t.version, t.branch, t.environment)
      .where(sql`${t.deletedAt} is null`),
    index('specs_newest').on(t.tenantId, t.serviceId, t.uploadedAt),
  ],
);

export const specsRelations = relations(specs, ({ one }) => ({
  service: one(services, {
    fields: [specs.tenantId, specs.serviceId],
    references: [services.tenantId, services.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    specs: typeof specs;
    specsRelations: typeof specsRelations;
  }
}
