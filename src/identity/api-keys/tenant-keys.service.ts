import { Injectable } from '@nestjs/common';
import { ControlDatabase, SYSTEM_TENANT_ID, newId } from '../../database/index.js';
import { type Actor, AuditLog, TenantsService } from '../../tenancy/index.js';
import { identityProblems } from '../identity.problems.js';
import { TENANT_SCOPES } from '../scopes.js';
import { issueKey } from './api-key-secret.js';
import type { CreateApiKeyDto, IssuedApiKeyDto } from './api-keys.dto.js';
import { apiKeys } from './api-keys.schema.js';

/** Keys that the platform issues for a tenant: how a new tenant gets its first. Runs on the control plane. */
@Injectable()
export class TenantKeysService {
  constructor(
    private readonly db: ControlDatabase,
    private readonly tenants: TenantsService,
    private readonly audit: AuditLog,
  ) {}

  async issue(tenantId: string, dto: CreateApiKeyDto, maker: Actor): Promise<IssuedApiKeyDto> {
    await this.tenants.get(tenantId);
    const platform = (dto.scopes ?? []).filter((scope) => scope.startsWith('platform:'));
    if (tenantId !== SYSTEM_TENANT_ID && platform.length > 0) throw identityProblems.scopeNotHeld(platform);
    const key = issueKey();
    const row = {
      id: newId(),
      name: dto.name,
      publicId: key.publicId,
      scopes: [...(dto.scopes ?? TENANT_SCOPES)],
      createdBy: maker.id,
      expiresAt: dto.expiresAt ?? null,
      createdAt: new Date().toISOString(),
    };
    await this.db.insert(apiKeys).values({ ...row, tenantId, secretDigest: key.digest });
    await this.audit.record({
      action: 'tenants.issue_api_key',
      entityType: 'tenant',
      entityId: tenantId,
      affectedTenantId: tenantId,
      newValues: { apiKeyId: row.id, name: row.name, scopes: row.scopes },
    });
    return { ...row, lastUsedAt: null, revokedAt: null, apiKey: key.text };
  }
}
