import { Inject, Injectable } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import type { Pool } from 'pg';
import { CONTROL_POOL, TENANT_POOL } from '../database/index.js';
import { ProbeConnection } from './probe-connection.js';

/** Does the database answer? Pool figures are shown; a saturated pool is busy, not unready. */
@Injectable()
export class DatabaseHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly probe: ProbeConnection,
    @Inject(TENANT_POOL) private readonly tenantPool: Pool,
    @Inject(CONTROL_POOL) private readonly controlPool: Pool,
  ) {}

  async check(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('database');
    const pools = { tenant: figures(this.tenantPool), control: figures(this.controlPool) };
    try {
      const version = await this.probe.ask('version', async (client) => {
        const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
        return rows[0]?.server_version;
      });
      return indicator.up({ version, pools });
    } catch (error) {
      return indicator.down({ message: `The database does not answer: ${(error as Error).message}`, pools });
    }
  }
}

const figures = (pool: Pool) => ({
  total: pool.totalCount,
  idle: pool.idleCount,
  waiting: pool.waitingCount,
  max: pool.options.max,
});
