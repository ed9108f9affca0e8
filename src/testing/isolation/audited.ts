import { getTableName } from 'drizzle-orm';
import { declaredTenantTables } from '../../database/schema.js';
import { withClient } from '../../migrations/index.js';
import {
  type AuditFinding,
  auditFindingInWords,
  auditIsolation,
  isBlockingFinding,
  probeIsolation,
} from '../../tenancy/audit/index.js';
import type { IsolatedPlace } from './isolated-place.js';

/** The audit's questions to the catalogue: all that would stop a start, and what warns of this table. */
export async function wallsInTheCatalogue({ table, database }: IsolatedPlace): Promise<string[]> {
  const findings = await auditIsolation((text, values) => database.query(text, values), {
    tables: declaredTenantTables(),
  });
  return ofTable(findings, getTableName(table));
}

/** The audit's attempts, on a connection of the pool. */
export async function wallsWhenPushed({ table, database }: IsolatedPlace): Promise<string[]> {
  const findings = await withClient({ connectionString: database.tenantUrl }, (client) =>
    probeIsolation((text, values) => client.query<Record<string, unknown>>(text, values)),
  );
  return ofTable(findings, getTableName(table));
}

const ofTable = (findings: AuditFinding[], table: string) =>
  findings
    .filter((finding) => isBlockingFinding(finding) || finding.message.includes(table))
    .map(auditFindingInWords);
