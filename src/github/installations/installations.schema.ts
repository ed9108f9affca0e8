import { relations, sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { exemptJsonb, tenantTable, tenants, timestamptz } from '../../database/schema.js';
import { REPOSITORY_SELECTIONS } from '../events/observation.js';
import { INSTALLATION_STATUSES } from './installation-state.js';

/**
 * The installations that a tenant has connected. Beside what GitHub says stands when it said so: what comes late is then
 * told from what is new. One that is disconnected is deleted softly, with its repositories.
 */
export const githubInstallations = tenantTable(
  'github_installations',
  {
    /** GitHub's. Null while somebody's request waits for an owner of the account. */
    installationId: bigint('installation_id', { mode: 'number' }),
    accountId: bigint('account_id', { mode: 'number' }),
    accountLogin: text('account_login'),
    accountLoginAt: timestamptz('account_login_at'),
    accountLoginRank: smallint('account_login_rank'),
    accountType: text('account_type'),
    targetType: text('target_type'),
    repositorySelection: text('repository_selection', { enum: REPOSITORY_SELECTIONS }),
    permissions: exemptJsonb<Record<string, string>>(
      'permissions',
      'what GitHub lets the App do, by its names; no record of business',
    )
      .notNull()
      .default({}),
    events: text('events')
      .array()
      .notNull()
      .default(sql`'{}'`),
    status: text('status', { enum: INSTALLATION_STATUSES }).notNull(),
    suspendedAt: timestamptz('suspended_at'),
    suspendedBy: text('suspended_by'),
    uninstalledAt: timestamptz('uninstalled_at'),
    providerUpdatedAt: timestamptz('provider_updated_at'),
    providerRank: smallint('provider_rank'),
    /** Who connected it, or asked for it. */
    connectedBy: text('connected_by').notNull(),
  },
  (t) => [
    uniqueIndex('github_installations_live')
      .on(t.tenantId, t.installationId)
      .where(sql`${t.deletedAt} is null`),
    check(
      'github_installations_status_known',
      sql`${t.status} in ('pending', 'active', 'suspended', 'deleted')`,
    ),
    check('github_installations_selection_known', sql`${t.repositorySelection} in ('all', 'selected')`),
    check(
      'github_installations_whole',
      sql`(${t.status} = 'pending') = (${t.installationId} is null) and (${t.installationId} is null) = (num_nulls(${t.accountId}, ${t.accountLogin}, ${t.accountLoginAt}, ${t.accountLoginRank}, ${t.accountType}, ${t.targetType}, ${t.repositorySelection}, ${t.providerUpdatedAt}, ${t.providerRank}) > 0)`,
    ),
  ],
);

/** What an installation has access to, and had. */
export const githubInstallationRepositories = tenantTable(
  'github_installation_repositories',
  {
    installationRowId: uuid('installation_row_id').notNull(),
    /** GitHub's: names change. */
    repositoryId: bigint('repository_id', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
    fullName: text('full_name').notNull(),
    isPrivate: boolean('private').notNull(),
    detailsAt: timestamptz('details_at').notNull(),
    detailsRank: smallint('details_rank').notNull(),
    defaultBranch: text('default_branch'),
    defaultBranchAt: timestamptz('default_branch_at'),
    isMember: boolean('is_member'),
    membershipAt: timestamptz('membership_at'),
    goneAt: timestamptz('gone_at'),
    /** Since when the installation does not have it, for any of these reasons. */
    removedAt: timestamptz('removed_at'),
  },
  (t) => [
    foreignKey({
      name: 'github_installation_repositories_installation_fkey',
      columns: [t.tenantId, t.installationRowId],
      foreignColumns: [githubInstallations.tenantId, githubInstallations.id],
    }),
    uniqueIndex('github_installation_repositories_live')
      .on(t.tenantId, t.installationRowId, t.repositoryId)
      .where(sql`${t.deletedAt} is null`),
    index('github_installation_repositories_page').on(t.tenantId, t.installationRowId, t.id),
    index('github_installation_repositories_name')
      .on(t.tenantId, sql`lower(${t.fullName})`)
      .where(sql`${t.removedAt} is null and ${t.deletedAt} is null`),
    index('github_installation_repositories_id').on(t.tenantId, t.repositoryId),
  ],
);

export const githubInstallationsRelations = relations(githubInstallations, ({ one, many }) => ({
  tenant: one(tenants, { fields: [githubInstallations.tenantId], references: [tenants.id] }),
  repositories: many(githubInstallationRepositories),
}));
export const githubInstallationRepositoriesRelations = relations(
  githubInstallationRepositories,
  ({ one }) => ({
    installation: one(githubInstallations, {
      fields: [githubInstallationRepositories.tenantId, githubInstallationRepositories.installationRowId],
      references: [githubInstallations.tenantId, githubInstallations.id],
    }),
  }),
);

declare module '../../database/index.js' {
  interface DatabaseSchema {
    githubInstallations: typeof githubInstallations;
    githubInstallationRepositories: typeof githubInstallationRepositories;
    githubInstallationsRelations: typeof githubInstallationsRelations;
    githubInstallationRepositoriesRelations: typeof githubInstallationRepositoriesRelations;
  }
}
