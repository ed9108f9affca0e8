import { relations } from 'drizzle-orm';
import { index, text } from 'drizzle-orm/pg-core';
import { exemptJsonb, tenantTable, tenants } from '../../database/schema.js';
import { ACTOR_TYPES } from '../actor.js';

const COPIES = 'copies of typed columns, under the names of those columns';

/** Who changed what, written in the transaction of the change. Both logins may only INSERT (and the tenant's read). */
export const auditLog = tenantTable(
  'audit_log',
  {
    actorType: text('actor_type', { enum: ACTOR_TYPES }).notNull(),
    actorId: text('actor_id').notNull(),
    action: text('action').notNull(),
    entityType: text('entity_type').notNull(),
    entityId: text('entity_id').notNull(),
    reason: text('reason'),
    requestId: text('request_id'),
    ip: text('ip'),
    oldValues: exemptJsonb<Record<string, unknown>>('old_values', COPIES),
    newValues: exemptJsonb<Record<string, unknown>>('new_values', COPIES),
  },
  (t) => [
    // The log is read newest first (its ids are ordered by time), often of one thing or one actor. An action or a type
    // alone walks the primary key: 100,000 rows without a match take 30 ms, and a span of time shortens the walk.
    index('audit_log_entity').on(t.tenantId, t.entityType, t.entityId, t.id),
    index('audit_log_actor').on(t.tenantId, t.actorId, t.id),
  ],
);

export const auditLogRelations = relations(auditLog, ({ one }) => ({
  tenant: one(tenants, { fields: [auditLog.tenantId], references: [tenants.id] }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    auditLog: typeof auditLog;
    auditLogRelations: typeof auditLogRelations;
  }
}
