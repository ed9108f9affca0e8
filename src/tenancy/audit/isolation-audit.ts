import { declaredTenantTables } from '../../database/schema.js';
import { CATALOGUE } from './catalogue.js';
import type { AuditFinding, AuditRule } from './rule.js';
import { declaredRules } from './rules/declared.js';
import { functionRules } from './rules/functions.js';
import { jsonbRules } from './rules/jsonb.js';
import { keyRules } from './rules/keys.js';
import { policyRules } from './rules/policies.js';
import { privilegeRules } from './rules/privileges.js';
import { rowSecurityRules } from './rules/row-security.js';
import { tenantContextRules } from './rules/tenant-context.js';
import { viewRules } from './rules/views.js';

/** Any way to run a query: a client's, also inside of an open transaction. */
type RunQuery = (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

export type { AuditFinding };

export interface AuditOptions {
  /** The tenant tables that the database must have, no more and no less. Default: all that this process declared. */
  tables?: string[];
}

export const auditRules: readonly AuditRule[] = [
  ...rowSecurityRules,
  ...policyRules,
  ...tenantContextRules,
  ...keyRules,
  ...viewRules,
  ...privilegeRules,
  ...functionRules,
  ...declaredRules,
  ...jsonbRules,
].sort((a, b) => (a.id < b.id ? -1 : 1));

/**
 * What of the walls is missing in the live catalogue; empty: they all stand. One round trip. Any login may ask, and
 * sees what its own open transaction has done.
 * @throws what the query throws; SQLSTATE 42704 where the roles were never made (`npm run db:bootstrap`)
 */
export async function auditIsolation(
  query: RunQuery,
  { tables = declaredTenantTables() }: AuditOptions = {},
): Promise<AuditFinding[]> {
  const { rows } = await query(AUDIT, [tables]);
  return rows.flatMap(({ rule, object, fault, remedy }) => {
    const found = auditRules[Number(rule)];
    if (!found) return [];
    const { id, severity, title, why } = found;
    const message = `${String(object)} ${String(fault)}`;
    return [{ rule: id, severity, title, why, object: String(object), message, remedy: String(remedy) }];
  });
}

/** The sentences of what must stop a migration: each names the rule, the object, and the SQL that mends it. */
export async function isolationInvariants(query: RunQuery, options?: AuditOptions): Promise<string[]> {
  const findings = await auditIsolation(query, options);
  return findings.filter(({ severity }) => severity === 'blocking').map(inWords);
}

export const inWords = ({ rule, message, why, remedy }: AuditFinding): string =>
  `${rule}: ${message}. ${why} To mend it: ${remedy}`;

const AUDIT = `
WITH ${CATALOGUE}
${auditRules
  .map(({ query }, index) => `SELECT ${index} AS rule, f.* FROM (${query}) AS f (object, fault, remedy)`)
  .join('\nUNION ALL\n')}
ORDER BY rule, object, fault`;
