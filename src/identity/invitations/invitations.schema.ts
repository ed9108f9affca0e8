import { relations, sql } from 'drizzle-orm';
import { check, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytea, tenantTable, tenants, timestamptz } from '../../database/schema.js';
import { ROLES } from '../roles.js';

export const INVITATION_STATUSES = ['pending', 'accepted', 'expired', 'revoked'] as const;

/**
 * The token itself is only in the mail; here stands its SHA-256. The control plane's login finds an invitation by it, and
 * accepts it, before the tenant is known.
 */
export const invitations = tenantTable(
  'invitations',
  {
    email: text('email').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    invitedBy: text('invited_by').notNull(),
    tokenDigest: bytea('token_digest').notNull(),
    expiresAt: timestamptz('expires_at').notNull(),
    /** The user who accepted. */
    acceptedBy: uuid('accepted_by'),
    status: text('status', { enum: INVITATION_STATUSES }).notNull().default('pending'),
  },
  (t) => [
    uniqueIndex('invitations_pending')
      .on(t.tenantId, sql`lower(${t.email})`)
      .where(sql`${t.status} = 'pending'`),
    index('invitations_token').on(t.tokenDigest),
    check('invitations_email_length', sql`length(${t.email}) between 3 and 320`),
    check('invitations_role_known', sql`${t.role} in ('owner', 'admin', 'member', 'viewer')`),
    check('invitations_status_known', sql`${t.status} in ('pending', 'accepted', 'expired', 'revoked')`),
  ],
);

export const invitationsRelations = relations(invitations, ({ one }) => ({
  tenant: one(tenants, { fields: [invitations.tenantId], references: [tenants.id] }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    invitations: typeof invitations;
    invitationsRelations: typeof invitationsRelations;
  }
}
