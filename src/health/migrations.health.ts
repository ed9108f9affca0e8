import { Injectable } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { Metrics } from '../observability/index.js';
import { migrationStatus } from '../migrations/index.js';
import { ProbeConnection } from './probe-connection.js';

/** Is the schema of the database the one this code was built for? */
@Injectable()
export class MigrationsHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly probe: ProbeConnection,
    metrics: Metrics,
  ) {
    metrics.gauge(
      'migrations_pending',
      'Migrations that are still to run; absent while unknown',
      [],
      async (gauge) => {
        gauge.remove();
        const pending = await this.pending().catch(() => undefined); // readiness tells why
        if (pending) gauge.set(pending.length);
      },
    );
  }

  async check(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('migrations');
    try {
      const pending = await this.pending();
      if (pending.length === 0) return indicator.up();
      return indicator.down({
        message: `migrations: pending (${pending.join(', ')}); run npm run db:migrate`,
        pending,
      });
    } catch (error) {
      return indicator.down({
        message: `The state of the migrations is unknown: ${(error as Error).message}`,
      });
    }
  }

  private async pending(): Promise<string[]> {
    const { pending } = await this.probe.ask('migrations', (client) =>
      migrationStatus((text, values) => client.query(text, values)),
    );
    return pending;
  }
}
