export const TENANT_POOL = Symbol('TENANT_POOL');
export const CONTROL_POOL = Symbol('CONTROL_POOL');
export const LEASE_SETTINGS = Symbol('LEASE_SETTINGS');
/** Who may take a connection of the tenant pool, and of the control pool: `TenantSlots`. */
export const TENANT_SLOTS = Symbol('TENANT_SLOTS');
export const CONTROL_SLOTS = Symbol('CONTROL_SLOTS');
/** The names of the application's tenant tables: `string[]`. */
export const TENANT_TABLES = Symbol('TENANT_TABLES');
