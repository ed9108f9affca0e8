import { Injectable } from '@nestjs/common';
import { type SQL, and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { TenantDatabase, newId, rowVersion } from '../../database/index.js';
import { type Page, pageOf, positionOf, withETag } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { environments } from '../environments/environments.schema.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { Participants } from '../services/participants.js';
import { services } from '../services/services.schema.js';
import { TaskDerivation } from '../verification/task-derivation.service.js';
import type {
  CreateDeploymentDto,
  DeploymentDto,
  DeploymentsQuery,
  RecordedDeploymentDto,
} from './deployments.dto.js';
import { deployments } from './deployments.schema.js';

const VERSIONED = {
  id: deployments.id,
  service: services.name,
  version: deployments.version,
  environment: environments.name,
  active: deployments.active,
  deployedAt: deployments.deployedAt,
  deployedBy: deployments.deployedBy,
  undeployedAt: deployments.undeployedAt,
  gitSha: deployments.gitSha,
  etag: rowVersion(deployments),
};

/** What runs where in the calling tenant. */
@Injectable()
export class DeploymentsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
    private readonly participants: Participants,
    private readonly places: EnvironmentsService,
    private readonly tasks: TaskDerivation,
  ) {}

  async list(query: DeploymentsQuery): Promise<Page<DeploymentDto>> {
    const after = positionOf('deployments', query);
    const rows = await this.select(
      query.service === undefined
        ? undefined
        : eq(deployments.serviceId, await this.participants.idOf(query.service)),
      query.environment === undefined
        ? undefined
        : eq(deployments.environmentId, await this.places.idOf(query.environment)),
      query.active === undefined ? undefined : eq(deployments.active, query.active),
      after === undefined ? undefined : lt(deployments.id, after),
    )
      .orderBy(desc(deployments.id))
      .limit(query.limit + 1);
    return pageOf(
      'deployments',
      query,
      rows.map(({ etag: _etag, ...row }) => row),
    );
  }

  async get(id: string): Promise<DeploymentDto> {
    const [row] = await this.select(eq(deployments.id, id));
    if (!row) throw contractsProblems.deploymentNotFound();
    return withETag(row);
  }

  /** One transaction: what was active before is not any more, and the tasks of the new version are derived. */
  async record(dto: CreateDeploymentDto): Promise<RecordedDeploymentDto> {
    const { tenantId, actor } = this.context.current;
    const place = await this.lockPlace(dto);
    const [active] = await this.select(...isActiveAt(place));
    if (active?.version === dto.version) return { ...withETag(active), created: false };
    await this.deactivate(place);
    const id = newId();
    await this.db
      .insert(deployments)
      .values({ tenantId, id, ...place, version: dto.version, deployedBy: actor.id, gitSha: dto.gitSha });
    await this.tasks.afterDeployment({ ...place, version: dto.version });
    await this.recordChange('record', id, { ...dto, before: active?.version ?? null });
    return { ...(await this.get(id)), created: true };
  }

  /** What it still had to verify there, or others of it, needs nobody any more. */
  async undeploy(id: string): Promise<DeploymentDto> {
    const deployment = await this.get(id);
    const place = await this.lockPlace(deployment);
    const ended = await this.db
      .update(deployments)
      .set({ active: false, undeployedAt: sql`now()` })
      .where(and(eq(deployments.id, id), eq(deployments.active, true)))
      .returning({ id: deployments.id });
    if (ended.length === 0) return this.get(id);
    await this.tasks.afterUndeployment(place);
    await this.recordChange('undeploy', id);
    return this.get(id);
  }

  /**
   * Deployments of a service, and into an environment, take turns: of a consumer and a provider that are deployed at the
   * same moment the second must see the first, or the task between them would never be made.
   */
  private async lockPlace({
    service,
    version,
    environment,
  }: Pick<CreateDeploymentDto, 'service' | 'version' | 'environment'>) {
    const serviceId = await this.participants.lock(service);
    const [place] = await this.db
      .select({ id: environments.id })
      .from(environments)
      .where(and(eq(environments.name, environment), isNull(environments.deletedAt)))
      .for('no key update');
    if (!place) throw contractsProblems.environmentNotFound(environment);
    if (!(await this.participants.hasVersion(serviceId, version)))
      throw contractsProblems.versionNotFound({ service, version });
    return { serviceId, environmentId: place.id };
  }

  private async deactivate({ serviceId, environmentId }: Place): Promise<void> {
    await this.db
      .update(deployments)
      .set({ active: false, undeployedAt: sql`now()` })
      .where(
        and(
          eq(deployments.serviceId, serviceId),
          eq(deployments.environmentId, environmentId),
          eq(deployments.active, true),
        ),
      );
  }

  private select(...conditions: (SQL | undefined)[]) {
    return this.db
      .select(VERSIONED)
      .from(deployments)
      .innerJoin(services, eq(services.id, deployments.serviceId))
      .innerJoin(environments, eq(environments.id, deployments.environmentId))
      .where(and(LIVE, ...conditions))
      .$dynamic();
  }

  private recordChange(verb: string, entityId: string, newValues?: Record<string, unknown>): Promise<void> {
    return this.audit.record({
      action: `deployments.${verb}`,
      entityType: 'deployment',
      entityId,
      ...(newValues && { newValues }),
    });
  }
}

interface Place {
  serviceId: string;
  environmentId: string;
}

/** What ran of a service, or in an environment, that is gone is found by nobody. */
const LIVE = and(isNull(deployments.deletedAt), isNull(services.deletedAt), isNull(environments.deletedAt));

const isActiveAt = ({ serviceId, environmentId }: Place) => [
  eq(deployments.serviceId, serviceId),
  eq(deployments.environmentId, environmentId),
  eq(deployments.active, true),
];
