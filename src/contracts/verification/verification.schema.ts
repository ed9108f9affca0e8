import { relations, sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { exemptJsonb, tenantTable, timestamptz } from '../../database/schema.js';
import { environments } from '../environments/environments.schema.js';
import { services } from '../services/services.schema.js';
import { OUTCOMES } from './outcome.js';
import type { SnapshotItem, StoredResult } from './verification.types.js';

const MESSAGES = 'messages of the services under test, in their own words';

export const TASK_STATUSES = ['open', 'verified', 'failed', 'superseded'] as const;

/** The interactions of a consumer version that a provider version has to verify, because they meet in an environment. */
export const verificationTasks = tenantTable(
  'verification_tasks',
  {
    providerId: uuid('provider_id').notNull(),
    providerVersion: text('provider_version').notNull(),
    consumerId: uuid('consumer_id').notNull(),
    consumerVersion: text('consumer_version').notNull(),
    environmentId: uuid('environment_id').notNull(),
    /** A snapshot, at most 100, the newest first. */
    interactions: exemptJsonb<SnapshotItem[]>('interactions', MESSAGES).notNull(),
    /** How many interactions there were when the snapshot was taken. */
    recorded: integer('recorded').notNull(),
    status: text('status', { enum: TASK_STATUSES }).notNull().default('open'),
  },
  (t) => [
    ...[
      { name: 'verification_tasks_provider_fkey', column: t.providerId, table: services },
      { name: 'verification_tasks_consumer_fkey', column: t.consumerId, table: services },
      { name: 'verification_tasks_environment_fkey', column: t.environmentId, table: environments },
    ].map(({ name, column, table }) =>
      foreignKey({ name, columns: [t.tenantId, column], foreignColumns: [table.tenantId, table.id] }),
    ),
    uniqueIndex('verification_tasks_once').on(
      t.tenantId,
      t.consumerId,
      t.consumerVersion,
      t.providerId,
      t.providerVersion,
      t.environmentId,
    ),
    index('verification_tasks_provider').on(t.tenantId, t.providerId, t.status, t.id),
    index('verification_tasks_environment').on(t.tenantId, t.environmentId, t.status, t.id),
    check(
      'verification_tasks_status_known',
      sql`${t.status} in ('open', 'verified', 'failed', 'superseded')`,
    ),
  ],
);

/** What a provider found; the newest of a task counts. */
export const verificationResults = tenantTable(
  'verification_results',
  {
    taskId: uuid('task_id').notNull(),
    providerId: uuid('provider_id').notNull(),
    providerVersion: text('provider_version').notNull(),
    consumerId: uuid('consumer_id').notNull(),
    consumerVersion: text('consumer_version').notNull(),
    environmentId: uuid('environment_id').notNull(),
    results: exemptJsonb<StoredResult[]>('results', MESSAGES).notNull(),
    outcome: text('outcome', { enum: OUTCOMES }).notNull(),
    /** The task's `recorded` then: where there are more now, this result does not cover them. */
    covers: integer('covers').notNull(),
    submittedAt: timestamptz('submitted_at')
      .notNull()
      .default(sql`now()`),
    submittedBy: text('submitted_by').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'verification_results_task_fkey',
      columns: [t.tenantId, t.taskId],
      foreignColumns: [verificationTasks.tenantId, verificationTasks.id],
    }),
    index('verification_results_task').on(t.tenantId, t.taskId, t.id),
    // can-i-deploy and the matrix: the newest result per provider version of one consumer version.
    index('verification_results_pair').on(
      t.tenantId,
      t.consumerId,
      t.consumerVersion,
      t.providerId,
      t.providerVersion,
      t.id,
    ),
    // The newest of two services: their badge, and their lists.
    index('verification_results_services').on(t.tenantId, t.consumerId, t.providerId, t.id),
    // The share of the last days that passed.
    index('verification_results_submitted').on(t.tenantId, t.submittedAt, t.outcome),
    index('verification_results_provider').on(t.tenantId, t.providerId, t.id),
    check('verification_results_outcome_known', sql`${t.outcome} in ('passed', 'failed', 'incomplete')`),
  ],
);

export const verificationTasksRelations = relations(verificationTasks, ({ one, many }) => ({
  provider: one(services, {
    relationName: 'provider',
    fields: [verificationTasks.tenantId, verificationTasks.providerId],
    references: [services.tenantId, services.id],
  }),
  consumer: one(services, {
    relationName: 'consumer',
    fields: [verificationTasks.tenantId, verificationTasks.consumerId],
    references: [services.tenantId, services.id],
  }),
  environment: one(environments, {
    fields: [verificationTasks.tenantId, verificationTasks.environmentId],
    references: [environments.tenantId, environments.id],
  }),
  results: many(verificationResults),
}));
export const verificationResultsRelations = relations(verificationResults, ({ one }) => ({
  task: one(verificationTasks, {
    fields: [verificationResults.tenantId, verificationResults.taskId],
    references: [verificationTasks.tenantId, verificationTasks.id],
  }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    verificationTasks: typeof verificationTasks;
    verificationResults: typeof verificationResults;
    verificationTasksRelations: typeof verificationTasksRelations;
    verificationResultsRelations: typeof verificationResultsRelations;
  }
}
