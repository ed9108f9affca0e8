import { relations } from 'drizzle-orm';
import { index, jsonb, text } from 'drizzle-orm/pg-core';
import { tenantTable, tenants } from '../../database/index.js';
import { ACTOR_TYPES } from '../tenant-context.js';

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
    oldValues: jsonb('old_values').$type<Record<string, unknown>>(),
    newValues: jsonb('new_values').$type<Record<string, unknown>>(),
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
