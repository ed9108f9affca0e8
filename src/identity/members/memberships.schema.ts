import { relations, sql } from 'drizzle-orm';
import { check, foreignKey, index, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { tenantTable, tenants } from '../../database/schema.js';
import { ROLES } from '../roles.js';
import { users } from '../users/users.schema.js';

/**
 * Who is a member of which tenant, in which role. The control plane's login may read all rows (a person's tenants are
 * looked up before one is chosen) and insert (accepting an invitation); everything else passes the tenant's wall.
 */
export const memberships = tenantTable(
  'memberships',
  {
    userId: uuid('user_id').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
  },
  (t) => [
    foreignKey({ name: 'memberships_user_fkey', columns: [t.userId], foreignColumns: [users.id] }),
    uniqueIndex('memberships_user_live')
      .on(t.tenantId, t.userId)
      .where(sql`${t.deletedAt} is null`),
    index('memberships_user').on(t.userId),
    check('memberships_role_known', sql`${t.role} in ('owner', 'admin', 'member', 'viewer')`),
  ],
);

export const membershipsRelations = relations(memberships, ({ one }) => ({
  tenant: one(tenants, { fields: [memberships.tenantId], references: [tenants.id] }),
}));

declare module '../../database/index.js' {
  interface DatabaseSchema {
    memberships: typeof memberships;
    membershipsRelations: typeof membershipsRelations;
  }
}
