/** What a table is made of. Nothing here needs a database, nor the framework. */
export { bytea, id, newId, newIdAfter, timestamps, timestamptz } from './columns.js';
export { exemptJsonb, exemptionOf } from './metadata/exempt-jsonb.js';
export { metadataGuardBody } from './metadata/metadata-guard.js';
export {
  type Metadata,
  type MetadataFilter,
  matchesMetadata,
  metadata,
  metadataCheck,
} from './metadata/metadata.column.js';
export { rowVersion } from './row-version.js';
export { securityBlock } from './security-block.js';
export {
  declaredTenantTables,
  tenantFields,
  tenantFields as tenantFieldsMixin,
  tenantTable,
} from './tenant-table.js';
export * as databaseSchema from './tenants.schema.js';
export {
  SYSTEM_TENANT_ID,
  TENANT_ISOLATIONS,
  TENANT_PLANS,
  TENANT_STATUSES,
  type TenantPlan,
  type TenantStatus,
  tenants,
} from './tenants.schema.js';
