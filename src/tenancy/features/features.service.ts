import { Injectable } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';
import { ControlDatabase, type TenantPlan, rowVersion, tenants } from '../../database/index.js';
import { type Precondition, withETag } from '../../http/index.js';
import { AuditLog } from '../audit-log/audit-log.service.js';
import { tenancyProblems } from '../tenancy.problems.js';
import { TenantsService } from '../tenants/tenants.service.js';
import {
  ALL_FEATURES,
  FEATURES,
  type Feature,
  type Overrides,
  effectiveFeature,
  isFeature,
} from './catalogue.js';
import type { FeatureDto } from './features.dto.js';
import { overridesOfTenant } from './features.queries.js';
import { tenantFeatures } from './tenant-features.schema.js';

/** Which features a tenant has. Runs on the control plane. */
@Injectable()
export class FeaturesService {
  constructor(
    private readonly db: ControlDatabase,
    private readonly tenantsService: TenantsService,
    private readonly audit: AuditLog,
  ) {}

  async list(tenantId: string): Promise<FeatureDto[]> {
    const { plan, overrides } = await this.stateOf(tenantId);
    return ALL_FEATURES.map((name) => toFeatureDto(name, plan, overrides));
  }

  /** `enabled`: null removes the override. Acts on every instance as soon as it commits. */
  async override(
    tenantId: string,
    name: string,
    enabled: boolean | null,
    ifMatch: Precondition,
  ): Promise<FeatureDto> {
    if (!isFeature(name)) throw tenancyProblems.featureNotFound(name);
    const { plan } = await this.tenantsService.lock(tenantId);
    const { overrides } = await this.stateOf(tenantId);
    ifMatch.refuseStale({ etag: await this.versionOf(tenantId, name) });
    await (enabled === null ? this.remove(tenantId, name) : this.set(tenantId, name, enabled));
    await this.audit.record({
      action: 'tenants.override_feature',
      entityType: 'tenant',
      entityId: tenantId,
      affectedTenantId: tenantId,
      oldValues: { feature: name, override: overrides[name] ?? null },
      newValues: { feature: name, override: enabled },
    });
    const feature = toFeatureDto(name, plan, enabled === null ? {} : { [name]: enabled });
    return withETag({ ...feature, etag: await this.versionOf(tenantId, name) });
  }

  /** Of the override; there is none where the plan decides. */
  private async versionOf(tenantId: string, feature: Feature): Promise<string> {
    const [row] = await this.db
      .select({ etag: rowVersion(tenantFeatures) })
      .from(tenantFeatures)
      .where(and(eq(tenantFeatures.tenantId, tenantId), eq(tenantFeatures.feature, feature)));
    return row?.etag ?? 'plan';
  }

  private async stateOf(tenantId: string): Promise<{ plan: TenantPlan; overrides: Overrides }> {
    const [row] = await this.db
      .select({ plan: tenants.plan, overrides: overridesOfTenant(this.db) })
      .from(tenants)
      .where(eq(tenants.id, tenantId));
    if (!row) throw tenancyProblems.tenantNotFound();
    return row;
  }

  private async set(tenantId: string, feature: Feature, enabled: boolean): Promise<void> {
    const override = { enabled, source: 'override' as const };
    await this.db
      .insert(tenantFeatures)
      .values({ tenantId, feature, ...override })
      .onConflictDoUpdate({ target: [tenantFeatures.tenantId, tenantFeatures.feature], set: override });
  }

  private async remove(tenantId: string, feature: Feature): Promise<void> {
    await this.db
      .delete(tenantFeatures)
      .where(and(eq(tenantFeatures.tenantId, tenantId), eq(tenantFeatures.feature, feature)));
  }
}

const toFeatureDto = (name: Feature, plan: TenantPlan, overrides: Overrides): FeatureDto => ({
  ...effectiveFeature(name, plan, overrides),
  description: FEATURES[name].description,
});
