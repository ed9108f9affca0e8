export { type AuditEntry, AuditLog } from './audit-log/audit-log.service.js';
export * as auditLogSchema from './audit-log/audit-log.schema.js';
export { TenancyModule } from './tenancy.module.js';
export { tenancyProblems } from './tenancy.problems.js';
export { type Actor, TenantContext, type TenantContextValue } from './tenant-context.js';
export { TenantDirectory, type TenantEntry } from './tenant-directory.js';
export { TenantsService } from './tenants/tenants.service.js';
export { ControlPlane, Isolation, Retryable } from './transaction.decorators.js';
