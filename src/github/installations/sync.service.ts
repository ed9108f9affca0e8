import { Injectable } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { Transactions } from '../../database/index.js';
import { httpProblems } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { GithubClient } from '../client/github.client.js';
import { Bindings } from '../connect/bindings.service.js';
import type { Observation } from '../events/observation.js';
import { githubProblems } from '../github.problems.js';
import { InstallationStore, type LockedInstallation } from './installation-store.service.js';
import type { SyncDto } from './installations.dto.js';
import { githubInstallations } from './installations.schema.js';

const MAX_LOOKS = 3;

/** Makes what is known of an installation what GitHub says it is now. */
@Injectable()
export class Sync {
  constructor(
    private readonly transactions: Transactions,
    private readonly context: TenantContext,
    private readonly store: InstallationStore,
    private readonly bindings: Bindings,
    private readonly github: GithubClient,
    private readonly audit: AuditLog,
  ) {}

  /**
   * An event that comes between the question and the answer may be the newer: then GitHub is asked again. Throws
   * `INSTALLATION_NOT_FOUND`, `INSTALLATION_PENDING`, `INSTALLATION_GONE`, and what the client throws.
   */
  async run(id: string): Promise<SyncDto> {
    for (let look = 0; look < MAX_LOOKS; look++) {
      const { installationId, etag } = await this.withRow(id, (row) => Promise.resolve(row));
      // Where it was let go of and the rest of that was lost, another tenant may have it by now.
      if (!(await this.isBound(installationId!))) throw githubProblems.installationNotFound();
      const answer = await this.github.look(installationId!);
      const counts = await this.withRow(id, async (row) =>
        row.etag === etag ? this.accept(row, answer) : undefined,
      );
      if (counts) return counts;
    }
    throw httpProblems.transactionConflict();
  }

  private async isBound(installationId: number): Promise<boolean> {
    const { tenantId } = this.context.current;
    const owner = await this.transactions.withControl({ access: 'read', onBehalfOf: tenantId }, () =>
      this.bindings.tenantOf(installationId),
    );
    return owner === tenantId;
  }

  private async accept(row: LockedInstallation, answer: Observation | undefined): Promise<SyncDto> {
    const counts = await this.store.accept(row, answer);
    await this.audit.record({
      action: 'github_installations.sync',
      entityType: 'github_installation',
      entityId: row.id,
      newValues: { ...counts },
    });
    return counts;
  }

  private withRow<T>(id: string, work: (row: LockedInstallation) => Promise<T>): Promise<T> {
    return this.transactions.withTenant(this.context.current.tenantId, { access: 'write' }, async () => {
      const row = await this.store.lock(eq(githubInstallations.id, id));
      if (!row) throw githubProblems.installationNotFound();
      if (row.status === 'pending') throw githubProblems.installationPending();
      if (row.status === 'deleted') throw githubProblems.installationGone();
      return work(row);
    });
  }
}
