import { declaredTenantTables } from '../../database/schema.js';
import { type AllowedFinding, withAllowed } from './allowed.js';
import { CATALOGUE } from './catalogue.js';
import { type AuditFinding, findingOf } from './rule.js';
import { catalogueRules } from './rules.js';

/** Any way to run a query: a client's, also inside of an open transaction. */
export type RunQuery = (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

export interface AuditOptions {
  /** The tenant tables that the database must have, no more and no less. Default: all that this process declared. */
  tables?: string[];
  /** What shall not count, for a while. */
  allowed?: readonly AllowedFinding[];
  /** The login of the tenant pool. Default: `rowhouse_app`. */
  login?: string;
  /** As in `server_version_num`: what the server is taken for. Default: its own. */
  serverVersion?: number;
}

/**
 * What of the walls is missing in the live catalogue; empty: they all stand. One round trip. Any login may ask, and
 * sees what its own open transaction has done.
 * @throws what the query throws
 */
export async function auditIsolation(
  query: RunQuery,
  { tables = declaredTenantTables(), allowed = [], login = 'rowhouse_app', serverVersion }: AuditOptions = {},
): Promise<AuditFinding[]> {
  const { rows } = await query(AUDIT, [tables, login, serverVersion ?? null]);
  const findings = rows.flatMap(({ rule, object, fault, remedy }) => {
    const broken = catalogueRules[Number(rule)];
    return broken ? [findingOf(broken, String(object), String(fault), String(remedy))] : [];
  });
  return withAllowed(findings, allowed);
}

/** The sentences of what must stop a migration: each names the rule, the object, and the SQL that mends it. */
export async function isolationInvariants(query: RunQuery, options?: AuditOptions): Promise<string[]> {
  const findings = await auditIsolation(query, options);
  return findings.filter(isBlocking).map(inWords);
}

/** They compare the database with the code, and one may be ahead of the other for a while. */
const ABOUT_THE_CODE: ReadonlySet<string> = new Set(['A26', 'A30', 'A31']);

export const isAboutTheCode = ({ rule }: AuditFinding): boolean => ABOUT_THE_CODE.has(rule);

export const isBlocking = ({ severity }: AuditFinding): boolean => severity === 'blocking';

export const inWords = ({ rule, message, why, remedy, allowed }: AuditFinding): string =>
  allowed
    ? `${rule}: ${message}. Allowed until ${allowed.until}: ${allowed.reason}`
    : `${rule}: ${message}. ${why} To mend it: ${remedy}`;

const AUDIT = `
WITH ${CATALOGUE}
${catalogueRules
  .map(({ query }, index) => `SELECT ${index} AS rule, f.* FROM (${query}) AS f (object, fault, remedy)`)
  .join('\nUNION ALL\n')}
ORDER BY rule, object, fault`;
