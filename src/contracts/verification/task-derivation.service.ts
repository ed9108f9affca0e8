import { Injectable } from '@nestjs/common';
import { type SQL, and, eq, inArray, ne, or, sql } from 'drizzle-orm';
import { TenantDatabase, newId } from '../../database/index.js';
import { TenantContext } from '../../tenancy/index.js';
import { dependencies } from '../dependencies/dependencies.schema.js';
import { deployments } from '../deployments/deployments.schema.js';
import { type Dependency, type TaskKey, tasksFor } from './task-derivation.js';
import { verificationTasks } from './verification.schema.js';

const MAX_SNAPSHOT = 100;

/** Makes the tasks that deployments and recordings call for. Runs in their transaction, after they took their locks. */
@Injectable()
export class TaskDerivation {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
  ) {}

  /** What an older version of the service still had open there is superseded. */
  async afterDeployment(deployed: {
    serviceId: string;
    environmentId: string;
    version: string;
  }): Promise<void> {
    const { serviceId, environmentId, version } = deployed;
    const t = verificationTasks;
    await this.db
      .update(t)
      .set({ status: 'superseded', updatedAt: sql`now()` })
      .where(
        and(
          eq(t.environmentId, environmentId),
          eq(t.status, 'open'),
          or(
            and(eq(t.consumerId, serviceId), ne(t.consumerVersion, version)),
            and(eq(t.providerId, serviceId), ne(t.providerVersion, version)),
          ),
        ),
      );
    const [active, links] = await Promise.all([
      this.activeBy(eq(deployments.environmentId, environmentId)),
      this.linksOf(serviceId),
    ]);
    await this.derive(serviceId, active, links);
  }

  /** Nobody meets the service there any more. */
  async afterUndeployment({ serviceId, environmentId }: { serviceId: string; environmentId: string }) {
    const t = verificationTasks;
    await this.db
      .update(t)
      .set({ status: 'superseded', updatedAt: sql`now()` })
      .where(
        and(
          eq(t.environmentId, environmentId),
          eq(t.status, 'open'),
          or(eq(t.consumerId, serviceId), eq(t.providerId, serviceId)),
        ),
      );
  }

  /**
   * Wherever a consumer version of which something new was recorded meets the provider, its task is made, or gets a new
   * snapshot. Its tasks with other providers are left alone: another recording may hold them, and wait for this one.
   */
  async afterRecording(news: Dependency[]): Promise<void> {
    if (news.length === 0) return;
    const participants = news.flatMap(({ consumer, provider }) => [consumer, provider]);
    const active = await this.activeBy(inArray(deployments.serviceId, [...new Set(participants)]));
    const byConsumer = Map.groupBy(news, ({ consumer }) => consumer);
    for (const [consumer, links] of byConsumer) await this.derive(consumer, active, links);
  }

  private async derive(changed: string, active: Active, links: Dependency[]): Promise<void> {
    const keys = [...active].flatMap(([environment, there]) =>
      tasksFor(changed, { environment, active: there, dependencies: links }),
    );
    if (keys.length > 0) await this.upsert(keys);
  }

  private async activeBy(condition: SQL): Promise<Active> {
    const rows = await this.db
      .select({
        environment: deployments.environmentId,
        service: deployments.serviceId,
        version: deployments.version,
      })
      .from(deployments)
      .where(and(eq(deployments.active, true), condition));
    const byEnvironment = Map.groupBy(rows, ({ environment }) => environment);
    return new Map(
      [...byEnvironment].map(([id, there]) => [
        id,
        new Map(there.map(({ service, version }) => [service, version])),
      ]),
    );
  }

  private linksOf(serviceId: string) {
    return this.db
      .select({
        consumer: dependencies.consumerId,
        consumerVersion: dependencies.consumerVersion,
        provider: dependencies.providerId,
      })
      .from(dependencies)
      .where(or(eq(dependencies.consumerId, serviceId), eq(dependencies.providerId, serviceId)));
  }

  /** In one statement: snapshots may be large, and need not pass through here. Without interactions there is no task. */
  private async upsert(keys: TaskKey[]): Promise<void> {
    const { tenantId } = this.context.current;
    const rows = keys.map((key) => ({
      id: newId(),
      provider_id: key.provider,
      provider_version: key.providerVersion,
      consumer_id: key.consumer,
      consumer_version: key.consumerVersion,
      environment_id: key.environment,
    }));
    await this.db.execute(sql`
      INSERT INTO verification_tasks AS task
        (tenant_id, id, provider_id, provider_version, consumer_id, consumer_version, environment_id,
         interactions, recorded)
      SELECT ${tenantId}, key.*, snapshot.interactions, dependency.interactions
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS key
               (id uuid, provider_id uuid, provider_version text, consumer_id uuid, consumer_version text, environment_id uuid),
             LATERAL (
               SELECT jsonb_agg(jsonb_build_object(
                        'id', newest.id, 'operation', newest.operation,
                        'request', newest.request, 'response', newest.response) ORDER BY newest.id DESC) AS interactions
                 FROM (SELECT id, operation, request, response FROM interactions
                        WHERE tenant_id = ${tenantId} AND service_id = key.provider_id
                          AND consumer_id = key.consumer_id AND consumer_version = key.consumer_version
                          AND deleted_at IS NULL
                        ORDER BY id DESC LIMIT ${MAX_SNAPSHOT}) AS newest
             ) AS snapshot,
             dependencies dependency
       WHERE snapshot.interactions IS NOT NULL
         AND dependency.tenant_id = ${tenantId} AND dependency.consumer_id = key.consumer_id
         AND dependency.consumer_version = key.consumer_version AND dependency.provider_id = key.provider_id
      ON CONFLICT (tenant_id, consumer_id, consumer_version, provider_id, provider_version, environment_id)
      DO UPDATE SET interactions = excluded.interactions, recorded = excluded.recorded, status = 'open', updated_at = now()
       WHERE task.recorded < excluded.recorded OR task.status = 'superseded'`);
  }
}

/** By environment: the active version of each service. */
type Active = Map<string, Map<string, string>>;
