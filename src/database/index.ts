export * from './schema.js';
export { Activity, currentActivity, runActivity } from './activity.js';
export { ControlDatabase, type DatabaseSchema, TenantDatabase } from './ambient-database.js';
export { changedRows } from './changed-rows.js';
export { ChangeListener } from './change-listener.js';
export { LiveCache } from './live-cache.js';
export { createClient } from './client-options.js';
export type { Pool as ConnectionPool } from 'pg';
export { DatabaseModule } from './database.module.js';
export { CONTROL_POOL, CONTROL_SLOTS, TENANT_POOL, TENANT_SLOTS, TENANT_TABLES } from './database.tokens.js';
export {
  DatabaseEvents,
  type DatabaseObserver,
  type Plane,
  type StatementFacts,
  TRANSACTION_OUTCOMES,
  type TransactionFacts,
  type TransactionOutcome,
} from './database-events.js';
export {
  DatabaseError,
  type DatabaseErrorCode,
  StatementError,
  isViolationOf,
  unwrapDrizzle,
} from './database-errors.js';
export { isForbiddenKey } from './metadata/forbidden-words.js';
export {
  type ForbiddenKey,
  MAX_METADATA_BYTES,
  MAX_METADATA_DEPTH,
  forbiddenKeys,
  inspectMetadata,
} from './metadata/inspect-metadata.js';
export type { TenantSlots } from './tenant-slots.js';
export type { TransactionOptions } from './transaction-options.js';
export { Transactions } from './transactions.js';
