import { relations, sql } from 'drizzle-orm';
import { check, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { tenantTable, tenants, timestamptz } from '../../database/schema.js';
import { isOneOf } from '../checks.js';

export const APPROVAL_SUBJECTS = ['quote'] as const;
export const APPROVAL_STATUSES = ['pending', 'approved', 'rejected', 'cancelled'] as const;

/** Somebody is asked to approve something. */
export const approvalRequests = tenantTable(
  'approval_requests',
  {
    subjectType: text('subject_type', { enum: APPROVAL_SUBJECTS }).notNull(),
    /** No foreign key: which table it is in, the type says. */
    subjectId: uuid('subject_id').notNull(),
    /** The member who is asked. */
    approverId: uuid('approver_id').notNull(),
    status: text('status', { enum: APPROVAL_STATUSES }).notNull().default('pending'),
    /** Why it was rejected or cancelled. */
    reason: text('reason'),
    notes: text('notes'),
    requestedBy: text('requested_by').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: timestamptz('decided_at'),
  },
  (t) => [
    uniqueIndex('approval_requests_one_pending')
      .on(t.tenantId, t.subjectType, t.subjectId)
      .where(sql`${t.status} = 'pending'`),
    index('approval_requests_subject').on(t.tenantId, t.subjectType, t.subjectId, t.id),
    index('approval_requests_approver').on(t.tenantId, t.approverId, t.status, t.id),
    check(
      'approval_requests_decision_whole',
      sql`(${t.status} = 'pending') = (${t.decidedAt} is null) and (${t.decidedBy} is null) = (${t.decidedAt} is null)`,
    ),
    isOneOf('approval_requests_subject_known', t.subjectType, APPROVAL_SUBJECTS),
    isOneOf('approval_requests_status_known', t.status, APPROVAL_STATUSES),
  ],
);

export const approvalRequestsRelations = relations(approvalRequests, ({ one }) => ({
  tenant: one(tenants, { fields: [approvalRequests.tenantId], references: [tenants.id] }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    approvalRequests: typeof approvalRequests;
    approvalRequestsRelations: typeof approvalRequestsRelations;
  }
}
