import type { DatabaseConnection } from '../config/index.js';
import { readMigrationConnection, readServiceConnection } from '../config/command-connections.js';
import { audit, probe } from '../isolation.js';
import { ExitCode, type RunQuery, queryOf, withClient } from '../migrations/index.js';
import { type AuditFinding, isBlockingFinding } from '../tenancy/audit/index.js';
import { jsonReport, sarifReport, textReport } from './audit-report.js';

interface Options {
  json?: boolean;
  sarif?: boolean;
}

/**
 * Findings go to stdout, also none of them as JSON: `[]`. Warnings alone leave the exit code 0. Where DATABASE_URL is set,
 * the walls are also tried with that login; what was not tried is told on stderr.
 */
export async function auditDatabase({ json, sarif }: Options): Promise<void> {
  const service = readServiceConnection();
  const findings = [...(await readCatalogue(service?.user)), ...(service ? await pushWalls(service) : [])];
  if (!service) console.error(UNTRIED);
  console.log((json ? jsonReport : sarif ? sarifReport : textReport)(findings));
  if (findings.some(isBlockingFinding)) process.exitCode = ExitCode.ISOLATION_BROKEN;
}

const UNTRIED =
  'Only the catalogue was read: with DATABASE_URL the walls are also tried with that login (A28)';

const readCatalogue = (login: string | undefined): Promise<AuditFinding[]> =>
  asAuditor(readMigrationConnection(), (query) => audit(query, login));

const pushWalls = (service: DatabaseConnection): Promise<AuditFinding[]> => asAuditor(service, probe);

const asAuditor = <T>(connection: DatabaseConnection, work: (query: RunQuery) => Promise<T>): Promise<T> =>
  withClient({ ...connection, application_name: 'rowhouse audit' }, (client) => work(queryOf(client)));
