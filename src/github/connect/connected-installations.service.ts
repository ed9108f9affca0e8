import { Injectable } from '@nestjs/common';
import { and, eq, isNull } from 'drizzle-orm';
import { TenantDatabase, newId } from '../../database/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import type { Observation } from '../events/observation.js';
import { type InstallationRow, toInstallationColumns } from '../installations/installation-rows.js';
import { beginState } from '../installations/installation-state.js';
import { InstallationStore } from '../installations/installation-store.service.js';
import { githubInstallations } from '../installations/installations.schema.js';

/** The rows that connecting makes. In a transaction of the tenant; each answers the id of the row. */
@Injectable()
export class ConnectedInstallations {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
    private readonly store: InstallationStore,
  ) {}

  /** Of an owner of the account; asked for twice, it is one request. */
  async request(): Promise<string> {
    const known = await this.requestOfActor();
    if (known) return known.id;
    const { tenantId, actor } = this.context.current;
    const id = newId();
    await this.db
      .insert(githubInstallations)
      .values({ tenantId, id, status: 'pending', connectedBy: actor.id });
    await this.record('request', id, {});
    return id;
  }

  /** One that this tenant has already becomes what GitHub says; a request of the same person is granted by it. */
  async connect(answer: Observation): Promise<string> {
    const { installationId } = answer;
    const known = await this.store.lock(eq(githubInstallations.installationId, installationId));
    const row = known ?? (await this.write(answer));
    await this.store.accept(row, answer);
    await this.record('connect', row.id, { installationId, accountLogin: row.accountLogin });
    return row.id;
  }

  private async write({ installationId, facts, login }: Observation): Promise<InstallationRow> {
    const { tenantId, actor } = this.context.current;
    const columns = {
      ...toInstallationColumns(beginState({ facts: facts!, login: login! })),
      installationId,
      connectedBy: actor.id,
    };
    const request = await this.requestOfActor();
    const [row] = await (request
      ? this.db
          .update(githubInstallations)
          .set(columns)
          .where(eq(githubInstallations.id, request.id))
          .returning()
      : this.db
          .insert(githubInstallations)
          .values({ tenantId, id: newId(), ...columns })
          .returning());
    return row!;
  }

  private async requestOfActor(): Promise<{ id: string } | undefined> {
    const { actor } = this.context.current;
    const [row] = await this.db
      .select({ id: githubInstallations.id })
      .from(githubInstallations)
      .where(
        and(
          eq(githubInstallations.status, 'pending'),
          eq(githubInstallations.connectedBy, actor.id),
          isNull(githubInstallations.deletedAt),
        ),
      )
      .limit(1)
      .for('update');
    return row;
  }

  private record(verb: string, entityId: string, newValues: Record<string, unknown>): Promise<void> {
    return this.audit.record({
      action: `github_installations.${verb}`,
      entityType: 'github_installation',
      entityId,
      newValues,
    });
  }
}
