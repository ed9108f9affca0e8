import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { TenantDatabase, Transactions, rowVersion } from '../../database/index.js';
import {
  type Page,
  type PageQuery,
  type Precondition,
  pageOf,
  positionOf,
  withETag,
} from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { Bindings } from '../connect/bindings.service.js';
import { githubProblems } from '../github.problems.js';
import type { InstallationDto, RepositoryDto } from './installations.dto.js';
import { githubInstallationRepositories, githubInstallations } from './installations.schema.js';

const COLUMNS = {
  id: githubInstallations.id,
  installationId: githubInstallations.installationId,
  accountId: githubInstallations.accountId,
  accountLogin: githubInstallations.accountLogin,
  accountType: githubInstallations.accountType,
  targetType: githubInstallations.targetType,
  repositorySelection: githubInstallations.repositorySelection,
  permissions: githubInstallations.permissions,
  events: githubInstallations.events,
  status: githubInstallations.status,
  suspendedAt: githubInstallations.suspendedAt,
  suspendedBy: githubInstallations.suspendedBy,
  providerUpdatedAt: githubInstallations.providerUpdatedAt,
  createdAt: githubInstallations.createdAt,
  updatedAt: githubInstallations.updatedAt,
};
const VERSIONED = { ...COLUMNS, etag: rowVersion(githubInstallations) };

const REPOSITORY_COLUMNS = {
  id: githubInstallationRepositories.id,
  repositoryId: githubInstallationRepositories.repositoryId,
  name: githubInstallationRepositories.name,
  fullName: githubInstallationRepositories.fullName,
  private: githubInstallationRepositories.isPrivate,
  defaultBranch: githubInstallationRepositories.defaultBranch,
};

/** The installations that the calling tenant has connected. */
@Injectable()
export class InstallationsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly transactions: Transactions,
    private readonly context: TenantContext,
    private readonly bindings: Bindings,
    private readonly audit: AuditLog,
  ) {}

  async list(query: PageQuery): Promise<Page<InstallationDto>> {
    const after = positionOf('github installations', query);
    const rows = await this.db
      .select(COLUMNS)
      .from(githubInstallations)
      .where(
        and(
          isNull(githubInstallations.deletedAt),
          after === undefined ? undefined : lt(githubInstallations.id, after),
        ),
      )
      .orderBy(desc(githubInstallations.id))
      .limit(query.limit + 1);
    return pageOf('github installations', query, rows);
  }

  async get(id: string): Promise<InstallationDto> {
    const [row] = await this.db.select(VERSIONED).from(githubInstallations).where(live(id));
    if (!row) throw githubProblems.installationNotFound();
    return withETag(row);
  }

  /** Those that it has access to now. */
  async repositories(id: string, query: PageQuery): Promise<Page<RepositoryDto>> {
    const table = githubInstallationRepositories;
    const name = `repositories of ${id}`;
    const after = positionOf(name, query);
    const [, rows] = await Promise.all([
      this.get(id),
      this.db
        .select(REPOSITORY_COLUMNS)
        .from(table)
        .where(
          and(
            eq(table.installationRowId, id),
            isNull(table.removedAt),
            isNull(table.deletedAt),
            after === undefined ? undefined : lt(table.id, after),
          ),
        )
        .orderBy(desc(table.id))
        .limit(query.limit + 1),
    ]);
    return pageOf(name, query, rows);
  }

  /** Lets go of it: any tenant may connect it then. At GitHub it stays, as its rows do here, unseen. */
  async disconnect(id: string, ifMatch: Precondition): Promise<void> {
    const [row] = await this.db.select(VERSIONED).from(githubInstallations).where(live(id)).for('update');
    if (!row) throw githubProblems.installationNotFound();
    ifMatch.refuseStale(row);
    const { installationId, accountLogin, status } = row;
    await this.db
      .update(githubInstallations)
      .set({ deletedAt: sql`now()` })
      .where(live(id));
    await this.audit.record({
      action: 'github_installations.disconnect',
      entityType: 'github_installation',
      entityId: id,
      oldValues: { installationId, accountLogin, status },
    });
    if (installationId !== null) await this.release(installationId);
  }

  /** Last, since the control plane commits first: what is disconnected there and not here can be disconnected again. */
  private release(installationId: number): Promise<void> {
    const { tenantId } = this.context.current;
    return this.transactions.withControl({ access: 'write', onBehalfOf: tenantId }, () =>
      this.bindings.release(installationId, tenantId),
    );
  }
}

const live = (id: string) => and(eq(githubInstallations.id, id), isNull(githubInstallations.deletedAt));
