import { Injectable } from '@nestjs/common';
import { and, desc, eq, lt } from 'drizzle-orm';
import { ControlDatabase, Transactions, isViolationOf, newId, rowVersion } from '../../database/index.js';
import {
  type Page,
  type PageQuery,
  type Precondition,
  pageOf,
  positionOf,
  withETag,
} from '../../http/index.js';
import { AuditLog, TenantsService } from '../../tenancy/index.js';
import { identityProblems } from '../identity.problems.js';
import { PeopleDirectory } from '../people.directory.js';
import { externalOrganizations } from './external-organizations.schema.js';
import type { MapOrganizationDto, OrganizationDto } from './organizations.dto.js';

const { id, tenantId, issuer, externalId, createdAt } = externalOrganizations;
const COLUMNS = { id, issuer, externalId, createdAt };
const VERSIONED = { ...COLUMNS, etag: rowVersion(externalOrganizations) };

/** Which organizations of identity providers are this tenant. Runs on the control plane, for operators. */
@Injectable()
export class OrganizationsService {
  constructor(
    private readonly db: ControlDatabase,
    private readonly tenants: TenantsService,
    private readonly audit: AuditLog,
    private readonly transactions: Transactions,
    private readonly people: PeopleDirectory,
  ) {}

  async list(tenant: string, query: PageQuery): Promise<Page<OrganizationDto>> {
    await this.tenants.get(tenant);
    const after = positionOf('organizations', query);
    const rows = await this.db
      .select(COLUMNS)
      .from(externalOrganizations)
      .where(and(eq(tenantId, tenant), after === undefined ? undefined : lt(id, after)))
      .orderBy(desc(id))
      .limit(query.limit + 1);
    return pageOf('organizations', query, rows);
  }

  async map(tenant: string, dto: MapOrganizationDto): Promise<OrganizationDto> {
    await this.tenants.get(tenant);
    const [row] = await this.db
      .insert(externalOrganizations)
      .values({ ...dto, id: newId(), tenantId: tenant })
      .returning(VERSIONED)
      .catch((error: unknown) => {
        throw isViolationOf(error, 'external_organizations_name')
          ? identityProblems.organizationTaken()
          : error;
      });
    this.forgetAfterCommit(dto);
    await this.record('map_organization', tenant, { newValues: { ...dto } });
    return withETag(row!);
  }

  async unmap(tenant: string, organizationId: string, ifMatch: Precondition): Promise<void> {
    const one = and(eq(tenantId, tenant), eq(id, organizationId));
    const [row] = await this.db.select(VERSIONED).from(externalOrganizations).where(one).for('update');
    if (!row) throw identityProblems.organizationNotFound();
    ifMatch.refuseStale(row);
    await this.db.delete(externalOrganizations).where(one);
    this.forgetAfterCommit(row);
    await this.record('unmap_organization', tenant, {
      oldValues: { issuer: row.issuer, externalId: row.externalId },
    });
  }

  /** Whoever is answered that the change is made finds it made. */
  private forgetAfterCommit(organization: MapOrganizationDto): void {
    this.transactions.afterCommit(() =>
      this.people.forgetOrganization(organization.issuer, organization.externalId),
    );
  }

  private record(verb: string, entityId: string, values: object): Promise<void> {
    return this.audit.record({
      action: `tenants.${verb}`,
      entityType: 'tenant',
      entityId,
      affectedTenantId: entityId,
      ...values,
    });
  }
}
