import { readMigrationConnection } from '../config/migration-url.js';
import { audit, auditFindingInWords } from '../isolation.js';
import { ExitCode, withClient } from '../migrations/index.js';

/** Findings go to stdout, also none of them as JSON: `[]`. Warnings alone leave the exit code 0. */
export async function auditDatabase({ json = false }: { json?: boolean }): Promise<void> {
  const connection = readMigrationConnection();
  const findings = await withClient({ ...connection, application_name: 'rowhouse audit' }, (client) =>
    audit((text, values) => client.query<Record<string, unknown>>(text, values)),
  );
  if (json) console.log(JSON.stringify(findings, null, 2));
  else if (findings.length === 0) console.log('The walls stand: no findings');
  else for (const finding of findings) console.log(`${finding.severity} ${auditFindingInWords(finding)}`);
  if (findings.some(({ severity }) => severity === 'blocking')) process.exitCode = ExitCode.ISOLATION_BROKEN;
}
