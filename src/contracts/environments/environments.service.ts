import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';
import { TenantDatabase, isViolationOf, newId, rowVersion } from '../../database/index.js';
import {
  type Page,
  type PageQuery,
  type Precondition,
  pageOf,
  positionOf,
  withETag,
} from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { isAnythingDeployedTo } from '../deployments/deployments.queries.js';
import type { CreateEnvironmentDto, EnvironmentDto, UpdateEnvironmentDto } from './environments.dto.js';
import { environments } from './environments.schema.js';

const COLUMNS = {
  id: environments.id,
  name: environments.name,
  displayName: environments.displayName,
  isProduction: environments.isProduction,
  createdAt: environments.createdAt,
  updatedAt: environments.updatedAt,
};
const VERSIONED = { ...COLUMNS, etag: rowVersion(environments) };

/** The environments of the calling tenant. */
@Injectable()
export class EnvironmentsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
  ) {}

  async list(query: PageQuery): Promise<Page<EnvironmentDto>> {
    const after = positionOf('environments', query);
    const rows = await this.db
      .select(COLUMNS)
      .from(environments)
      .where(
        and(isNull(environments.deletedAt), after === undefined ? undefined : lt(environments.id, after)),
      )
      .orderBy(desc(environments.id))
      .limit(query.limit + 1);
    return pageOf('environments', query, rows);
  }

  async get(name: string): Promise<EnvironmentDto> {
    return withETag(await this.find(name));
  }

  /** Throws `ENVIRONMENT_NOT_FOUND`. */
  async idOf(name: string): Promise<string> {
    return (await this.find(name)).id;
  }

  async create({
    name,
    displayName = name,
    isProduction = false,
  }: CreateEnvironmentDto): Promise<EnvironmentDto> {
    const { tenantId } = this.context.current;
    const values = { tenantId, id: newId(), name, displayName, isProduction };
    const [row] = await this.db
      .insert(environments)
      .values(values)
      .returning(VERSIONED)
      .catch((error: unknown) => {
        throw isViolationOf(error, 'environments_name_live')
          ? contractsProblems.environmentExists(name)
          : error;
      });
    await this.record('create', name, { displayName, isProduction });
    return withETag(row!);
  }

  async update(name: string, dto: UpdateEnvironmentDto, ifMatch: Precondition): Promise<EnvironmentDto> {
    await this.lock(name, ifMatch);
    const [[row]] = await Promise.all([
      this.db
        .update(environments)
        .set({ ...dto, updatedAt: sql`now()` })
        .where(live(name))
        .returning(VERSIONED),
      this.record('update', name, { ...dto }),
    ]);
    return withETag(row!);
  }

  async remove(name: string, ifMatch: Precondition): Promise<void> {
    const { id } = await this.lock(name, ifMatch);
    if (await isAnythingDeployedTo(this.db, id)) throw contractsProblems.environmentInUse(name);
    await Promise.all([
      this.db
        .update(environments)
        .set({ deletedAt: sql`now()` })
        .where(live(name)),
      this.record('remove', name),
    ]);
  }

  private async find(name: string) {
    const [row] = await this.db.select(VERSIONED).from(environments).where(live(name));
    if (!row) throw contractsProblems.environmentNotFound(name);
    return row;
  }

  private async lock(name: string, ifMatch: Precondition) {
    const [row] = await this.db.select(VERSIONED).from(environments).where(live(name)).for('update');
    if (!row) throw contractsProblems.environmentNotFound(name);
    ifMatch.refuseStale(row);
    return row;
  }

  private record(verb: string, entityId: string, newValues?: Record<string, unknown>): Promise<void> {
    return this.audit.record({
      action: `environments.${verb}`,
      entityType: 'environment',
      entityId,
      ...(newValues && { newValues }),
    });
  }
}

const live = (name: string) => and(eq(environments.name, name), isNull(environments.deletedAt));
