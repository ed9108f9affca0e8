import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { ServiceAudit } from './audit/live/service-audit.js';
import { AuditLogController } from './audit-log/audit-log.controller.js';
import { AuditLogReader } from './audit-log/audit-log.reader.js';
import { AuditLog } from './audit-log/audit-log.service.js';
import { DomainsController } from './domains/domains.controller.js';
import { DomainsService } from './domains/domains.service.js';
import { TxtLookup } from './domains/txt-lookup.js';
import { AdminFeaturesController } from './features/admin-features.controller.js';
import { FeaturesController } from './features/features.controller.js';
import { FeaturesService } from './features/features.service.js';
import { IdempotencyKeys } from './idempotency/idempotency-keys.service.js';
import { IdempotencyKeysSweeper } from './idempotency/idempotency-keys.sweeper.js';
import { Idempotency } from './idempotency/idempotency.js';
import { TenantContext } from './tenant-context.js';
import { TenantDirectory } from './tenant-directory.js';
import { TenantInterceptor } from './tenant.interceptor.js';
import { AdminTenantsController } from './tenants/admin-tenants.controller.js';
import { TenantController } from './tenants/tenant.controller.js';
import { TenantsService } from './tenants/tenants.service.js';

/** The tenant catalogue, the tenant of the running request, and its transaction. */
@Global()
@Module({
  controllers: [
    AdminTenantsController,
    AdminFeaturesController,
    TenantController,
    FeaturesController,
    DomainsController,
    AuditLogController,
  ],
  providers: [
    TenantsService,
    TenantDirectory,
    TenantContext,
    ServiceAudit,
    AuditLog,
    AuditLogReader,
    FeaturesService,
    DomainsService,
    TxtLookup,
    Idempotency,
    IdempotencyKeys,
    IdempotencyKeysSweeper,
    { provide: APP_INTERCEPTOR, useClass: TenantInterceptor },
  ],
  exports: [ServiceAudit, TenantsService, TenantDirectory, TenantContext, AuditLog],
})
export class TenancyModule {}
