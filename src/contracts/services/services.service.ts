import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { TenantDatabase, newId, rowVersion } from '../../database/index.js';
import {
  type Page,
  type PageQuery,
  type Precondition,
  pageOf,
  positionOf,
  withETag,
} from '../../http/index.js';
import { AuditLog, KnownRepositories, TenantContext } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { environmentsOf } from '../deployments/deployments.queries.js';
import type { CreateServiceDto, RegisteredServiceDto, ServiceDto, UpdateServiceDto } from './services.dto.js';
import { services } from './services.schema.js';

const COLUMNS = {
  id: services.id,
  name: services.name,
  description: services.description,
  specType: services.specType,
  repositoryUrl: services.repositoryUrl,
  githubRepositoryId: services.githubRepositoryId,
  metadata: services.metadata,
  createdAt: services.createdAt,
  updatedAt: services.updatedAt,
};
const VERSIONED = { ...COLUMNS, etag: rowVersion(services) };

interface WithRepository {
  githubRepositoryId: number | null;
}

/** The services of the calling tenant. */
@Injectable()
export class ServicesService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
    private readonly repositories: KnownRepositories,
  ) {}

  async list(query: PageQuery): Promise<Page<ServiceDto>> {
    const after = positionOf('services', query);
    const rows = await this.db
      .select(COLUMNS)
      .from(services)
      .where(and(isNull(services.deletedAt), after === undefined ? undefined : lt(services.id, after)))
      .orderBy(desc(services.id))
      .limit(query.limit + 1);
    return pageOf('services', query, await this.named(rows));
  }

  async get(name: string): Promise<ServiceDto> {
    return this.answer(await this.find(name));
  }

  /** Two pipelines that register the same service at once both get it. */
  async register(dto: CreateServiceDto): Promise<RegisteredServiceDto> {
    const { tenantId } = this.context.current;
    const columns = await this.columnsOf(dto);
    const [row] = await this.db
      .insert(services)
      .values({ ...columns, tenantId, id: newId() })
      .onConflictDoNothing({ target: [services.tenantId, services.name], where: isNull(services.deletedAt) })
      .returning(VERSIONED);
    if (!row) return { ...(await this.answer(await this.find(dto.name))), created: false };
    await this.record('register', dto.name, { newValues: { ...dto } });
    return { ...(await this.answer(row)), created: true };
  }

  async update(name: string, dto: UpdateServiceDto, ifMatch: Precondition): Promise<ServiceDto> {
    const { etag: _etag, ...old } = await this.lock(name, ifMatch);
    const columns = await this.columnsOf(dto);
    const [[row]] = await Promise.all([
      this.db
        .update(services)
        .set({ ...columns, updatedAt: sql`now()` })
        .where(live(name))
        .returning(VERSIONED),
      this.record('update', name, { oldValues: old, newValues: { ...dto } }),
    ]);
    return this.answer(row!);
  }

  /** What was recorded of it stays, and is found by nobody; the name is free again. */
  async remove(name: string, ifMatch: Precondition): Promise<void> {
    const { id } = await this.lock(name, ifMatch);
    const deployedTo = await environmentsOf(this.db, id);
    if (deployedTo.length > 0) throw contractsProblems.serviceInUse(name, deployedTo);
    await Promise.all([
      this.db
        .update(services)
        .set({ deletedAt: sql`now()` })
        .where(live(name)),
      this.record('remove', name),
    ]);
  }

  /** The id of the repository in the place of its name. Throws `REPOSITORY_UNKNOWN`. */
  private async columnsOf<D extends { repository?: string | null }>({ repository, ...columns }: D) {
    if (repository === undefined) return columns;
    if (repository === null) return { ...columns, githubRepositoryId: null };
    const githubRepositoryId = await this.repositories.idOf(repository);
    if (githubRepositoryId === undefined) throw contractsProblems.repositoryUnknown(repository);
    return { ...columns, githubRepositoryId };
  }

  private async answer<R extends WithRepository & { etag: string }>(row: R) {
    const [named] = await this.named([row]);
    return withETag(named!);
  }

  /** Nothing is asked where no service has a repository. */
  private async named<R extends WithRepository>(rows: R[]) {
    const ids = rows.flatMap(({ githubRepositoryId: id }) => (id === null ? [] : [id]));
    const names = ids.length > 0 ? await this.repositories.namesOf(ids) : undefined;
    return rows.map(({ githubRepositoryId: id, ...row }) => ({
      ...row,
      repository: (id !== null && names?.get(id)) || null,
    }));
  }

  private async find(name: string) {
    const [row] = await this.db.select(VERSIONED).from(services).where(live(name));
    if (!row) throw contractsProblems.serviceNotFound(name);
    return row;
  }

  private async lock(name: string, ifMatch: Precondition) {
    const [row] = await this.db.select(VERSIONED).from(services).where(live(name)).for('update');
    if (!row) throw contractsProblems.serviceNotFound(name);
    ifMatch.refuseStale(row);
    return row;
  }

  private record(
    verb: string,
    entityId: string,
    values?: { oldValues?: Record<string, unknown>; newValues?: Record<string, unknown> },
  ): Promise<void> {
    return this.audit.record({ action: `services.${verb}`, entityType: 'service', entityId, ...values });
  }
}

const live = (name: string) => and(eq(services.name, name), isNull(services.deletedAt));
