export { type AllowedFinding, withAllowed } from './audit/allowed.js';
export {
  type AuditOptions,
  auditIsolation,
  inWords as auditFindingInWords,
  isAboutTheCode,
  isBlocking as isBlockingFinding,
  isolationInvariants,
} from './audit/isolation-audit.js';
export { ServiceAudit, probeAndRollBack as probeIsolation } from './audit/live/service-audit.js';
export { auditTransport } from './audit/live/transport.js';
export type { AuditFinding, AuditSeverity } from './audit/rule.js';
export { auditRules } from './audit/rules.js';
export { type AuditEntry, AuditLog } from './audit-log/audit-log.service.js';
export * as auditLogSchema from './audit-log/audit-log.schema.js';
export * as tenantDomainsSchema from './domains/tenant-domains.schema.js';
export { isFeature } from './features/catalogue.js';
export { RequireFeature } from './features/require-feature.decorator.js';
export * as tenantFeaturesSchema from './features/tenant-features.schema.js';
export * as idempotencyKeysSchema from './idempotency/idempotency-keys.schema.js';
export { Repeatable, addIdempotency } from './idempotency/idempotency-openapi.js';
export { TenancyModule } from './tenancy.module.js';
export { tenancyProblems } from './tenancy.problems.js';
export { type Actor, TenantContext, type TenantContextValue } from './tenant-context.js';
export { TenantDirectory, type TenantEntry } from './tenant-directory.js';
export type { TenantDto } from './tenants/tenants.dto.js';
export { TenantsService } from './tenants/tenants.service.js';
export { ControlPlane, Isolation, Retryable, Transactionless } from './transaction.decorators.js';
