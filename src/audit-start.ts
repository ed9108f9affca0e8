import { type INestApplicationContext, Logger } from '@nestjs/common';
import { allowedFindings } from './audit-allowed.js';
import { Config } from './config/index.js';
import { CONTROL_POOL, type ConnectionPool } from './database/index.js';
import { ExitCode, MigrationError, migrationStatus, queryOf } from './migrations/index.js';
import {
  type AuditFinding,
  ServiceAudit,
  auditFindingInWords,
  isAboutTheCode,
  isBlockingFinding,
} from './tenancy/index.js';

const logger = new Logger('Isolation');

/**
 * Audits the walls with the pools of the application, before it listens. One line tells of warnings.
 * @throws MigrationError (ISOLATION_BROKEN) where a wall is broken, unless the configuration says `warn`.
 */
export async function auditAtStart(app: INestApplicationContext): Promise<void> {
  const [found, isLevel] = await Promise.all([
    app.get(ServiceAudit).findings(allowedFindings),
    codeIsLevel(app),
  ]);
  // While one is ahead of the other, readiness tells, or the deployment is rolling: each is judged by its own code.
  const findings = isLevel ? found : found.filter((finding) => !isAboutTheCode(finding));
  const broken = findings.filter(isBlockingFinding);
  if (broken.length > 0 && app.get(Config).audit === 'block') throw refusal(broken);
  for (const finding of broken) logger.error(auditFindingInWords(finding));
  if (broken.length > 0) logger.error(LOUD);
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  if (warnings.length > 0)
    logger.warn({
      msg: 'the walls stand, with warnings: npm run db:audit tells them',
      rules: idsOf(warnings),
    });
}

async function codeIsLevel(app: INestApplicationContext): Promise<boolean> {
  const { pending, unknown } = await migrationStatus(queryOf(app.get<ConnectionPool>(CONTROL_POOL)));
  return pending.length === 0 && unknown.length === 0;
}

const idsOf = (findings: AuditFinding[]) => [...new Set(findings.map(({ rule }) => rule))];

const LOUD =
  'AUDIT=warn: this server starts although the walls between its tenants are broken. Tenants may see the data of others.';

const refusal = (broken: AuditFinding[]) =>
  new MigrationError(
    ExitCode.ISOLATION_BROKEN,
    `The server does not start: the walls between tenants are broken.\n${broken.map((finding) => `- ${auditFindingInWords(finding)}`).join('\n')}`,
    { hint: 'docs/audit.md explains each rule. Outside production AUDIT=warn starts in spite of it.' },
  );
