import { type DynamicModule, Module } from '@nestjs/common';
import { allowedFindings } from './audit-allowed.js';
import { ALLOWED_FINDINGS, AuditAtStart } from './audit-start.js';
import { AppConfigModule, type Config } from './config/index.js';
import { ContractsModule } from './contracts/index.js';
import { DatabaseModule } from './database/index.js';
import { GithubModule } from './github/index.js';
import { HealthModule } from './health/index.js';
import { HttpModule } from './http/index.js';
import { IdentityModule } from './identity/index.js';
import { LimitsModule } from './limits/index.js';
import { ObservabilityModule } from './observability/index.js';
import { QuotingModule } from './quoting/index.js';
import { schema } from './schema.js';
import { TenancyModule } from './tenancy/index.js';

/** The list of modules, lowest first; the only file that knows them all. */
@Module({})
export class AppModule {
  /** `extra`: further tables, for modules that are put on top (tests, benchmarks). `allowed`: findings of the audit. */
  static forRoot(
    config?: Config,
    extra: Record<string, unknown> = {},
    allowed = allowedFindings,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        AppConfigModule.forRoot(config),
        ObservabilityModule, // ends after the database, whose last transactions it records
        DatabaseModule.forRoot({ ...schema, ...extra }),
        HttpModule,
        TenancyModule,
        IdentityModule,
        LimitsModule, // its guard runs after identity's, which finds out who calls
        ContractsModule,
        QuotingModule,
        GithubModule,
        HealthModule,
      ],
      providers: [AuditAtStart, { provide: ALLOWED_FINDINGS, useValue: allowed }],
    };
  }
}
