import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { DatabaseHealth } from './database.health.js';
import { HealthController } from './health.controller.js';
import { MigrationsHealth } from './migrations.health.js';
import { PrivilegesHealth } from './privileges.health.js';
import { ProbeConnection } from './probe-connection.js';
import { ShutdownHealth } from './shutdown.health.js';

/** What Kubernetes' probes and operators ask. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [ProbeConnection, DatabaseHealth, MigrationsHealth, PrivilegesHealth, ShutdownHealth],
})
export class HealthModule {}
