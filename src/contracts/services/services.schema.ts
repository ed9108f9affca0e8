import { relations, sql } from 'drizzle-orm';
import { bigint, check, foreignKey, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { metadata, metadataCheck, tenantTable, tenants } from '../../database/schema.js';

export const SPEC_TYPES = ['openapi', 'graphql', 'asyncapi', 'grpc', 'soap'] as const;
export type SpecType = (typeof SPEC_TYPES)[number];

/** A participant: consumer, provider or both. */
export const services = tenantTable(
  'services',
  {
    name: text('name').notNull(),
    description: text('description'),
    specType: text('spec_type', { enum: SPEC_TYPES }).notNull().default('openapi'),
    repositoryUrl: text('repository_url'),
    /** GitHub's id of its repository, which names do not outlive. */
    githubRepositoryId: bigint('github_repository_id', { mode: 'number' }),
    metadata: metadata(),
  },
  (t) => [
    uniqueIndex('services_name_live')
      .on(t.tenantId, t.name)
      .where(sql`${t.deletedAt} is null`),
    metadataCheck('services', t.metadata),
    check('services_name_length', sql`length(${t.name}) between 1 and 128`),
    check(
      'services_spec_type_known',
      sql`${t.specType} in ('openapi', 'graphql', 'asyncapi', 'grpc', 'soap')`,
    ),
  ],
);

export const serviceVersions = tenantTable(
  'service_versions',
  {
    serviceId: uuid('service_id').notNull(),
    /** A semantic version, or any text up to 128 characters. */
    version: text('version').notNull(),
    branch: text('branch'),
    gitSha: text('git_sha'),
    createdBy: text('created_by').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'service_versions_service_fkey',
      columns: [t.tenantId, t.serviceId],
      foreignColumns: [services.tenantId, services.id],
    }),
    uniqueIndex('service_versions_version_live')
      .on(t.tenantId, t.serviceId, t.version)
      .where(sql`${t.deletedAt} is null`),
    index('service_versions_newest').on(t.tenantId, t.serviceId, t.id),
    check('service_versions_version_length', sql`length(${t.version}) between 1 and 128`),
  ],
);

export const servicesRelations = relations(services, ({ one, many }) => ({
  tenant: one(tenants, { fields: [services.tenantId], references: [tenants.id] }),
  versions: many(serviceVersions),
}));
export const serviceVersionsRelations = relations(serviceVersions, ({ one }) => ({
  service: one(services, {
    fields: [serviceVersions.tenantId, serviceVersions.serviceId],
    references: [services.tenantId, services.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    services: typeof services;
    serviceVersions: typeof serviceVersions;
    servicesRelations: typeof servicesRelations;
    serviceVersionsRelations: typeof serviceVersionsRelations;
  }
}
