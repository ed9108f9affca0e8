import { Injectable } from '@nestjs/common';
import { type SQL, and, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm';
import { TenantDatabase, newId, rowVersion } from '../../database/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import type { Observation } from '../events/observation.js';
import { contentOf } from '../events/register.js';
import {
  type InstallationRow,
  type RepositoryRow,
  toInstallationColumns,
  toInstallationState,
  toRepositoryColumns,
  toRepositoryState,
} from './installation-rows.js';
import { githubInstallationRepositories, githubInstallations } from './installations.schema.js';
import { type KnownInstallation, accept, learn } from './known-installation.js';
import { type RepositoryCounts, repositoryChanges } from './repository-changes.js';

const BATCH_ROWS = 500;
const NO_CHANGES: RepositoryCounts = { added: 0, removed: 0, updated: 0 };
const VERSIONED = { ...getTableColumns(githubInstallations), etag: rowVersion(githubInstallations) };

export type LockedInstallation = InstallationRow & { etag: string };

/** What the rows of an installation say after GitHub said something. In a transaction of the tenant that has it. */
@Injectable()
export class InstallationStore {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  /** Of an event. `false`: the tenant has no such installation. */
  async learn(observation: Observation): Promise<boolean> {
    const row = await this.lock(eq(githubInstallations.installationId, observation.installationId));
    if (!row) return false;
    const counts = await this.change(row, (known) => learn(known, observation), idsOf(observation));
    if (counts) await this.record(row, counts);
    return true;
  }

  /** Of GitHub's answer about a locked installation; undefined: it is not there any more. */
  async accept(row: InstallationRow, answer: Observation | undefined): Promise<RepositoryCounts> {
    const counts = await this.change(row, (known) =>
      answer ? accept(known, answer) : learn(known, endOf(row)),
    );
    return counts ?? NO_CHANGES;
  }

  /** Those who change one installation take turns until the end of their transactions. */
  async lock(which: SQL): Promise<LockedInstallation | undefined> {
    const [row] = await this.db
      .select(VERSIONED)
      .from(githubInstallations)
      .where(and(which, isNull(githubInstallations.deletedAt)))
      .for('update');
    return row;
  }

  /** Undefined: nothing is to be stored. */
  private async change(
    row: InstallationRow,
    decide: (known: KnownInstallation) => KnownInstallation,
    repositoryIds?: number[],
  ): Promise<RepositoryCounts | undefined> {
    const old = toInstallationState(row);
    const asked = await this.repositoriesOf(row.id, repositoryIds);
    const first = decide({ installation: old, repositories: statesOf(asked) });
    // What its account is called, and whether it is there, concerns every one of its repositories.
    const concernsAll =
      first.installation.login.login !== old.login.login ||
      first.installation.uninstalledAt !== old.uninstalledAt;
    const rows = concernsAll && repositoryIds ? await this.repositoriesOf(row.id) : asked;
    const known = rows === asked ? first : decide({ installation: old, repositories: statesOf(rows) });
    const columns = toInstallationColumns(known.installation);
    const repositories = [...known.repositories.values()].map((state) =>
      toRepositoryColumns(state, known.installation),
    );
    const changes = repositoryChanges(rows, repositories);
    const isChanged = contentOf({ ...row, ...columns }) !== contentOf(row);
    if (!isChanged && changes.written.length === 0) return undefined;
    // Also where only a repository changed: whoever has looked at the installation before sees that it is another.
    await this.writeInstallation(row.id, columns);
    await this.writeRepositories(row.id, changes.written);
    const { added, removed, updated } = changes;
    return { added, removed, updated };
  }

  private repositoriesOf(installationRowId: string, ids?: number[]): Promise<RepositoryRow[]> {
    const table = githubInstallationRepositories;
    return this.db
      .select()
      .from(table)
      .where(
        and(
          eq(table.installationRowId, installationRowId),
          isNull(table.deletedAt),
          ids && inArray(table.repositoryId, ids),
        ),
      );
  }

  private async writeInstallation(id: string, columns: ReturnType<typeof toInstallationColumns>) {
    await this.db
      .update(githubInstallations)
      .set({ ...columns, updatedAt: sql`now()` })
      .where(eq(githubInstallations.id, id));
  }

  private async writeRepositories(
    installationRowId: string,
    repositories: ReturnType<typeof toRepositoryColumns>[],
  ) {
    const { tenantId } = this.context.current;
    for (let from = 0; from < repositories.length; from += BATCH_ROWS) {
      const batch = repositories.slice(from, from + BATCH_ROWS);
      await this.db
        .insert(githubInstallationRepositories)
        .values(batch.map((columns) => ({ ...columns, tenantId, id: newId(), installationRowId })))
        .onConflictDoUpdate({
          target: [
            githubInstallationRepositories.tenantId,
            githubInstallationRepositories.installationRowId,
            githubInstallationRepositories.repositoryId,
          ],
          targetWhere: isNull(githubInstallationRepositories.deletedAt),
          set: OF_THE_NEW_ROW,
        });
    }
  }

  /** The status in full, since nobody asked for the change: whoever administers the tenant looks here for what happened. */
  private async record(
    { id, status, accountLogin }: InstallationRow,
    counts: RepositoryCounts,
  ): Promise<void> {
    const [now] = await this.db
      .select({ status: githubInstallations.status, accountLogin: githubInstallations.accountLogin })
      .from(githubInstallations)
      .where(eq(githubInstallations.id, id));
    await this.audit.record({
      action: 'github_installations.observe',
      entityType: 'github_installation',
      entityId: id,
      oldValues: { status, accountLogin },
      newValues: { ...now, ...counts },
    });
  }
}

/** Nobody told when. */
const endOf = ({ installationId }: InstallationRow): Observation => ({
  installationId: installationId!,
  uninstalledAt: new Date().toISOString(),
  repositories: [],
});

const idsOf = ({ repositories }: Observation): number[] =>
  repositories.map(({ repositoryId }) => repositoryId);

const statesOf = (rows: RepositoryRow[]) =>
  new Map(rows.map((row) => [row.repositoryId, toRepositoryState(row)]));

const excluded = (column: string) => sql.raw(`excluded."${column}"`);
const OF_THE_NEW_ROW = {
  name: excluded('name'),
  fullName: excluded('full_name'),
  isPrivate: excluded('private'),
  detailsAt: excluded('details_at'),
  detailsRank: excluded('details_rank'),
  defaultBranch: excluded('default_branch'),
  defaultBranchAt: excluded('default_branch_at'),
  isMember: excluded('is_member'),
  membershipAt: excluded('membership_at'),
  goneAt: excluded('gone_at'),
  removedAt: excluded('removed_at'),
  updatedAt: sql`now()`,
};
