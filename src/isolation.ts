import type { RunQuery } from './migrations/index.js';
import { tenantTables } from './schema.js';
import { type AuditFinding, auditIsolation, isolationInvariants } from './tenancy/index.js';

/** What is missing in the walls of a database, compared with all tables of the service: no room below knows them all. */
export const audit = (query: RunQuery): Promise<AuditFinding[]> =>
  auditIsolation(query, { tables: tenantTables });

/** The walls as they must stand after a migration, in sentences about those that do not. */
export const invariants = (query: RunQuery): Promise<string[]> =>
  isolationInvariants(query, { tables: tenantTables });
