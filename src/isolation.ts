import { allowedFindings as allowed } from './audit-allowed.js';
import type { RunQuery } from './migrations/index.js';
import { tenantTables as tables } from './schema.js';
import {
  type AuditFinding,
  auditFindingInWords,
  auditIsolation,
  isAboutTheCode,
  isBlockingFinding,
  isolationInvariants,
  probeIsolation,
  withAllowed,
} from './tenancy/audit/index.js';

/** What is missing in the walls of a database, compared with all tables of the service: no room below knows them all. */
export const audit = (query: RunQuery, login?: string): Promise<AuditFinding[]> =>
  auditIsolation(query, { tables, allowed, ...(login !== undefined && { login }) });

/** What the walls let through, tried on one connection of the service's login. */
export const probe = async (query: RunQuery): Promise<AuditFinding[]> =>
  withAllowed(await probeIsolation(query), allowed);

/** The walls as they must stand after a migration, in sentences about those that do not. */
export const invariants = (query: RunQuery): Promise<string[]> =>
  isolationInvariants(query, { tables, allowed });

/** The walls of what is there, for a database that goes back to where older code left it. */
export async function invariantsOfThePast(query: RunQuery): Promise<string[]> {
  const findings = await audit(query);
  return findings
    .filter((finding) => isBlockingFinding(finding) && !isAboutTheCode(finding))
    .map(auditFindingInWords);
}
