import type { Invariants } from './migrations/index.js';
import { schema } from './schema.js';
import { isolationInvariants } from './tenancy/index.js';

/**
 * The walls as they must stand after a migration, for every caller of `migrate()`: no room below may know all tables.
 * Loading `schema` has declared them, and the audit compares the database with what is declared.
 */
export const invariants: Invariants = (query) => {
  if (Object.keys(schema).length === 0) throw new Error('no table is declared');
  return isolationInvariants(query);
};
