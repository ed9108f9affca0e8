import type { RunQuery } from './migrations/index.js';
import { tenantTables } from './schema.js';
import {
  type AuditFinding,
  auditIsolation,
  inWords as auditFindingInWords,
  isolationInvariants,
} from './tenancy/audit/isolation-audit.js';

export { auditFindingInWords };

/** What is missing in the walls of a database, compared with all tables of the service: no room below knows them all. */
export const audit = (query: RunQuery): Promise<AuditFinding[]> =>
  auditIsolation(query, { tables: tenantTables });

/** The walls as they must stand after a migration, in sentences about those that do not. */
export const invariants = (query: RunQuery): Promise<string[]> =>
  isolationInvariants(query, { tables: tenantTables });

/** They compare the database with the code, which is ahead of it after a way back. */
const ABOUT_THE_CODE: ReadonlySet<string> = new Set(['A26', 'A30', 'A31']);

/** The walls of what is there, for a database that goes back to where older code left it. */
export async function invariantsOfThePast(query: RunQuery): Promise<string[]> {
  const findings = await audit(query);
  return findings
    .filter(({ rule, severity }) => severity === 'blocking' && !ABOUT_THE_CODE.has(rule))
    .map(auditFindingInWords);
}
