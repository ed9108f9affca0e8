export const TENANT_POOL = Symbol('TENANT_POOL');
export const CONTROL_POOL = Symbol('CONTROL_POOL');
export const LEASE_SETTINGS = Symbol('LEASE_SETTINGS');
