import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService } from '@nestjs/terminus';
import { Public } from '../http/index.js';
import { DatabaseHealth } from './database.health.js';
import { MigrationsHealth } from './migrations.health.js';
import { PrivilegesHealth } from './privileges.health.js';
import { processHealth } from './process.health.js';
import { ShutdownHealth } from './shutdown.health.js';

/** 200 or 503 with Terminus' JSON; no login. */
@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseHealth,
    private readonly migrations: MigrationsHealth,
    private readonly privileges: PrivilegesHealth,
    private readonly shutdown: ShutdownHealth,
  ) {}

  /** Everything, with versions and pool figures */
  @Get()
  @HealthCheck()
  all(): Promise<HealthCheckResult> {
    return this.health.check([
      processHealth,
      () => this.database.check(),
      () => this.migrations.check(),
      () => this.privileges.check(),
      () => this.shutdown.check(),
    ]);
  }

  /** Is the process alive? Never asks the database: a restart would not mend that */
  @Get('live')
  @HealthCheck()
  live(): Promise<HealthCheckResult> {
    return this.health.check([processHealth]);
  }

  /** May requests be sent here? */
  @Get('ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.database.check(),
      () => this.migrations.check(),
      () => this.shutdown.check(),
    ]);
  }

  /** Has it started: migrated, and with the privileges that its login must have? */
  @Get('startup')
  @HealthCheck()
  startup(): Promise<HealthCheckResult> {
    return this.health.check([() => this.migrations.check(), () => this.privileges.check()]);
  }
}
