import { Injectable } from '@nestjs/common';
import { and, desc, eq, getTableColumns, isNull, lt, sql } from 'drizzle-orm';
import {
  ControlDatabase,
  SYSTEM_TENANT_ID,
  Transactions,
  isViolationOf,
  newId,
  rowVersion,
  tenants,
} from '../../database/index.js';
import { type Page, type PageQuery, Precondition, pageOf, positionOf, withETag } from '../../http/index.js';
import { AuditLog } from '../audit-log/audit-log.service.js';
import { tenancyProblems } from '../tenancy.problems.js';
import { TenantDirectory } from '../tenant-directory.js';
import { type LifecycleAction, nextStatus } from './lifecycle.js';
import {
  type AdminUpdateTenantDto,
  type CreateTenantDto,
  type TenantDto,
  toTenantDto,
} from './tenants.dto.js';

const VERSIONED = { ...getTableColumns(tenants), etag: rowVersion(tenants) };

/** The tenant catalogue. Runs on the control plane: in `@ControlPlane()` routes or `withControl()`. */
@Injectable()
export class TenantsService {
  constructor(
    private readonly db: ControlDatabase,
    private readonly audit: AuditLog,
    private readonly transactions: Transactions,
    private readonly directory: TenantDirectory,
  ) {}

  async list(query: PageQuery): Promise<Page<TenantDto>> {
    const after = positionOf('tenants', query);
    const rows = await this.db
      .select()
      .from(tenants)
      .where(and(isNull(tenants.deletedAt), after === undefined ? undefined : lt(tenants.id, after)))
      .orderBy(desc(tenants.id))
      .limit(query.limit + 1);
    return pageOf('tenants', query, rows.map(toTenantDto));
  }

  async get(id: string): Promise<TenantDto> {
    const [row] = await this.db.select(VERSIONED).from(tenants).where(live(id));
    if (!row) throw tenancyProblems.tenantNotFound();
    return withETag(toTenantDto(row));
  }

  async findBySlug(slug: string): Promise<TenantDto | undefined> {
    const [row] = await this.db
      .select()
      .from(tenants)
      .where(and(eq(tenants.slug, slug), isNull(tenants.deletedAt)));
    return row && toTenantDto(row);
  }

  /** A tenant in shared tables needs nothing built, so it is active at once. */
  async create(dto: CreateTenantDto): Promise<TenantDto> {
    if (dto.isolation && dto.isolation !== 'shared') throw tenancyProblems.isolationNotServed(dto.isolation);
    const id = newId();
    const [row] = await this.db
      .insert(tenants)
      .values({ ...dto, id, status: 'active' })
      .returning(VERSIONED)
      .catch((error: unknown) => {
        throw isViolationOf(error, 'tenants_slug_live') ? tenancyProblems.slugTaken(dto.slug) : error;
      });
    await this.audit.record({
      action: 'tenants.create',
      entityType: 'tenant',
      entityId: id,
      affectedTenantId: id,
      newValues: { ...dto },
    });
    return withETag(toTenantDto(row!));
  }

  async update(id: string, dto: AdminUpdateTenantDto, ifMatch = Precondition.NONE): Promise<TenantDto> {
    const old = await this.lock(id, ifMatch);
    const [row] = await this.db
      .update(tenants)
      .set({ ...dto, updatedAt: sql`now()` })
      .where(eq(tenants.id, id))
      .returning(VERSIONED);
    const oldValues = Object.fromEntries(Object.keys(dto).map((key) => [key, old[key as keyof TenantDto]]));
    await this.audit.record({
      action: 'tenants.update',
      entityType: 'tenant',
      entityId: id,
      affectedTenantId: id,
      oldValues,
      newValues: { ...dto },
    });
    return withETag(toTenantDto(row!));
  }

  async change(
    id: string,
    action: LifecycleAction,
    reason: string,
    ifMatch = Precondition.NONE,
  ): Promise<TenantDto> {
    if (id === SYSTEM_TENANT_ID) throw tenancyProblems.systemTenant();
    const old = await this.lock(id, ifMatch);
    const status = nextStatus(old.status, action);
    if (!status) throw tenancyProblems.tenantState(action, old.status);
    const [row] = await this.db
      .update(tenants)
      .set({ status })
      .where(eq(tenants.id, id))
      .returning(VERSIONED);
    await this.audit.record({
      action: `tenants.${action}`,
      entityType: 'tenant',
      entityId: id,
      affectedTenantId: id,
      reason,
      oldValues: { status: old.status },
      newValues: { status },
    });
    return withETag(toTenantDto(row!));
  }

  /**
   * For a change. Two operators at once take turns until the end of the transaction: the second decides on what the first
   * left. Whoever is answered that the change is made finds it made.
   */
  async lock(id: string, ifMatch = Precondition.NONE): Promise<TenantDto> {
    const [row] = await this.db.select(VERSIONED).from(tenants).where(live(id)).for('update');
    if (!row) throw tenancyProblems.tenantNotFound();
    ifMatch.refuseStale(row);
    this.transactions.afterCommit(() => this.directory.forget(id));
    return toTenantDto(row);
  }
}

const live = (id: string) => and(eq(tenants.id, id), isNull(tenants.deletedAt));
