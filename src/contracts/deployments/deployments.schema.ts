import { relations, sql } from 'drizzle-orm';
import { boolean, check, foreignKey, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { tenantTable, timestamptz } from '../../database/schema.js';
import { environments } from '../environments/environments.schema.js';
import { services } from '../services/services.schema.js';

/** A version that runs, or ran, in an environment. */
export const deployments = tenantTable(
  'deployments',
  {
    serviceId: uuid('service_id').notNull(),
    version: text('version').notNull(),
    environmentId: uuid('environment_id').notNull(),
    deployedAt: timestamptz('deployed_at')
      .notNull()
      .default(sql`now()`),
    deployedBy: text('deployed_by').notNull(),
    active: boolean('active').notNull().default(true),
    undeployedAt: timestamptz('undeployed_at'),
    gitSha: text('git_sha'),
  },
  (t) => [
    foreignKey({
      name: 'deployments_service_fkey',
      columns: [t.tenantId, t.serviceId],
      foreignColumns: [services.tenantId, services.id],
    }),
    foreignKey({
      name: 'deployments_environment_fkey',
      columns: [t.tenantId, t.environmentId],
      foreignColumns: [environments.tenantId, environments.id],
    }),
    uniqueIndex('deployments_one_active')
      .on(t.tenantId, t.environmentId, t.serviceId)
      .where(sql`${t.active}`),
    index('deployments_environment').on(t.tenantId, t.environmentId, t.id),
    index('deployments_service').on(t.tenantId, t.serviceId, t.id),
    check('deployments_end_whole', sql`${t.active} = (${t.undeployedAt} is null)`),
  ],
);

export const deploymentsRelations = relations(deployments, ({ one }) => ({
  service: one(services, {
    fields: [deployments.tenantId, deployments.serviceId],
    references: [services.tenantId, services.id],
  }),
  environment: one(environments, {
    fields: [deployments.tenantId, deployments.environmentId],
    references: [environments.tenantId, environments.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    deployments: typeof deployments;
    deploymentsRelations: typeof deploymentsRelations;
  }
}
