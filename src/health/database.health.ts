import { Inject, Injectable } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import type { Pool } from 'pg';
import {
  CONTROL_POOL,
  CONTROL_SLOTS,
  TENANT_POOL,
  TENANT_SLOTS,
  type TenantSlots,
} from '../database/index.js';
import { ProbeConnection } from './probe-connection.js';

/** Does the database answer? Pool figures are shown; a saturated pool is busy, not unready. */
@Injectable()
export class DatabaseHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly probe: ProbeConnection,
    @Inject(TENANT_POOL) private readonly tenantPool: Pool,
    @Inject(CONTROL_POOL) private readonly controlPool: Pool,
    @Inject(TENANT_SLOTS) private readonly tenantSlots: TenantSlots,
    @Inject(CONTROL_SLOTS) private readonly controlSlots: TenantSlots,
  ) {}

  async check(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('database');
    const pools = {
      tenant: figures(this.tenantPool, this.tenantSlots),
      control: figures(this.controlPool, this.controlSlots),
    };
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

const figures = (pool: Pool, slots: TenantSlots) => ({
  total: pool.totalCount,
  idle: pool.idleCount,
  waiting: slots.waitingCount + pool.waitingCount,
  max: pool.options.max,
});
