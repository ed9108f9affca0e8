import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditLog } from './audit-log/audit-log.service.js';
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
  controllers: [AdminTenantsController, TenantController],
  providers: [
    TenantsService,
    TenantDirectory,
    TenantContext,
    AuditLog,
    Idempotency,
    IdempotencyKeys,
    IdempotencyKeysSweeper,
    { provide: APP_INTERCEPTOR, useClass: TenantInterceptor },
  ],
  exports: [TenantsService, TenantDirectory, TenantContext, AuditLog],
})
export class TenancyModule {}
