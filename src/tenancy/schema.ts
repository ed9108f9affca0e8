/** The tables of this room, for commands that need no more of it. */
export * as auditLogSchema from './audit-log/audit-log.schema.js';
export * as tenantDomainsSchema from './domains/tenant-domains.schema.js';
export * as tenantFeaturesSchema from './features/tenant-features.schema.js';
export * as idempotencyKeysSchema from './idempotency/idempotency-keys.schema.js';
