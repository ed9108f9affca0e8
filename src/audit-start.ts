import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from './config/index.js';
import { CONTROL_POOL, type ConnectionPool } from './database/index.js';
import { ExitCode, MigrationError, migrationStatus, queryOf } from './migrations/index.js';
import {
  type AllowedFinding,
  type AuditFinding,
  auditFindingInWords,
  isAboutTheCode,
  isBlockingFinding,
} from './tenancy/audit/index.js';
import { ServiceAudit } from './tenancy/index.js';

/** The token of the findings that do not count here. */
export const ALLOWED_FINDINGS = Symbol('ALLOWED_FINDINGS');

/** Audits the walls with the pools of the application: once they are connected, before any worker runs or it listens. */
@Injectable()
export class AuditAtStart implements OnModuleInit {
  private readonly logger = new Logger('Isolation');

  constructor(
    private readonly config: Config,
    private readonly audit: ServiceAudit,
    @Inject(CONTROL_POOL) private readonly controlPool: ConnectionPool,
    @Inject(ALLOWED_FINDINGS) private readonly allowed: readonly AllowedFinding[],
  ) {}

  /** @throws MigrationError (ISOLATION_BROKEN) where a wall is broken, unless the configuration says `warn`. */
  async onModuleInit(): Promise<void> {
    const found = await this.audit.findings(this.allowed);
    // While one is ahead of the other, readiness tells, or a deployment is rolling: neither is what this code describes.
    const findings = (await this.isLevel()) ? found : found.filter((finding) => !isAboutTheCode(finding));
    const broken = findings.filter(isBlockingFinding);
    if (broken.length > 0 && this.config.audit === 'block') throw refusal(broken);
    for (const finding of broken) this.logger.error(auditFindingInWords(finding));
    if (broken.length > 0) this.logger.error(LOUD);
    const warnings = findings.filter(({ severity }) => severity === 'warning');
    for (const [first, ...more] of Map.groupBy(warnings, ({ rule }) => rule).values())
      this.logger.warn(
        auditFindingInWords(first!) + (more.length > 0 ? ` And ${more.length} more: npm run db:audit` : ''),
      );
  }

  /** Have the code and the database the same steps? */
  private async isLevel(): Promise<boolean> {
    const { pending, unknown } = await migrationStatus(queryOf(this.controlPool));
    return pending.length === 0 && unknown.length === 0;
  }
}

const LOUD =
  'AUDIT=warn: this server starts although the walls between its tenants are broken. Tenants may see the data of others.';

const refusal = (broken: AuditFinding[]) =>
  new MigrationError(
    ExitCode.ISOLATION_BROKEN,
    `The server does not start: the walls between tenants are broken.\n${broken.map((finding) => `- ${auditFindingInWords(finding)}`).join('\n')}`,
    { hint: 'docs/audit.md explains each rule. Outside production AUDIT=warn starts in spite of it.' },
  );
