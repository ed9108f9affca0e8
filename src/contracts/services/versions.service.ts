import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import { TenantDatabase, newId } from '../../database/index.js';
import { type Page, type PageQuery, pageOf, positionOf } from '../../http/index.js';
import { AuditLog, TenantContext } from '../../tenancy/index.js';
import { Participants } from './participants.js';
import type { CreateVersionDto, RegisteredVersionDto, VersionDto } from './services.dto.js';
import { serviceVersions } from './services.schema.js';

const COLUMNS = {
  id: serviceVersions.id,
  version: serviceVersions.version,
  branch: serviceVersions.branch,
  gitSha: serviceVersions.gitSha,
  createdBy: serviceVersions.createdBy,
  createdAt: serviceVersions.createdAt,
};

/** The versions of the calling tenant's services. */
@Injectable()
export class VersionsService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly context: TenantContext,
    private readonly audit: AuditLog,
    private readonly participants: Participants,
  ) {}

  async list(service: string, query: PageQuery): Promise<Page<VersionDto>> {
    const list = `versions of ${service}`;
    const after = positionOf(list, query);
    const serviceId = await this.participants.idOf(service);
    const rows = await this.db
      .select(COLUMNS)
      .from(serviceVersions)
      .where(
        and(
          eq(serviceVersions.serviceId, serviceId),
          isNull(serviceVersions.deletedAt),
          after === undefined ? undefined : lt(serviceVersions.id, after),
        ),
      )
      .orderBy(desc(serviceVersions.id))
      .limit(query.limit + 1);
    return pageOf(list, query, rows);
  }

  async register(service: string, dto: CreateVersionDto): Promise<RegisteredVersionDto> {
    const { tenantId, actor } = this.context.current;
    const serviceId = await this.participants.idOf(service);
    const [row] = await this.db
      .insert(serviceVersions)
      .values({ ...dto, tenantId, id: newId(), serviceId, createdBy: actor.id })
      .onConflictDoNothing({
        target: [serviceVersions.tenantId, serviceVersions.serviceId, serviceVersions.version],
        where: isNull(serviceVersions.deletedAt),
      })
      .returning(COLUMNS);
    if (!row) return { ...(await this.find(serviceId, dto.version)), created: false };
    await this.audit.record({
      action: 'services.register_version',
      entityType: 'service',
      entityId: service,
      newValues: { ...dto },
    });
    return { ...row, created: true };
  }

  private async find(serviceId: string, version: string): Promise<VersionDto> {
    const [row] = await this.db
      .select(COLUMNS)
      .from(serviceVersions)
      .where(
        and(
          eq(serviceVersions.serviceId, serviceId),
          eq(serviceVersions.version, version),
          isNull(serviceVersions.deletedAt),
        ),
      );
    return row!;
  }
}
