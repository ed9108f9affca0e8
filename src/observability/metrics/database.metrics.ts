import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import {
  CONTROL_POOL,
  CONTROL_SLOTS,
  DatabaseEvents,
  type DatabaseErrorCode,
  type DatabaseObserver,
  type Plane,
  TENANT_POOL,
  TENANT_SLOTS,
  type TenantSlots,
  TRANSACTION_OUTCOMES,
  type TransactionFacts,
  type TransactionOutcome,
} from '../../database/index.js';
import { Metrics } from './metrics.js';

const PLANES = ['tenant', 'control'] as const;
/** Seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** All that `leaseViolated` can tell; at 0 from the start, so that the first one is a change that an alert sees. */
const VIOLATIONS: DatabaseErrorCode[] = [
  'TENANT_CONTEXT_MISSING',
  'TENANT_CONTEXT_MISMATCH',
  'TENANT_TX_CLOSED',
  'TENANT_TX_UNFINISHED',
  'TENANT_TX_ABORTED',
  'TENANT_TX_READ_ONLY',
  'TENANT_TX_STATEMENT',
];

/** The pools, and what became of transactions. */
@Injectable()
export class DatabaseMetrics implements DatabaseObserver {
  private readonly outcomes = this.metrics.counter('db_transactions_total', 'Transactions by outcome', [
    'plane',
    'outcome',
  ]);
  private readonly durations = this.metrics.histogram(
    'db_transaction_duration_seconds',
    'From the first statement to the end, waiting for a connection included',
    ['plane'],
    BUCKETS,
  );
  private readonly violations = this.metrics.counter(
    'db_lease_violations_total',
    'Uses of the database that only a mistake in the code can make, each refused',
    ['code'],
  );
  private readonly retries = this.metrics.counter(
    'db_transaction_retries_total',
    'Transactions run again after a serialization failure or deadlock',
    ['plane'],
  );
  private readonly refusals = this.metrics.counter(
    'db_queue_refusals_total',
    'Requests that got no connection: the queue was full, or the wait too long',
    ['pool', 'reason'],
  );
  private readonly losses = this.metrics.counter('db_connections_lost_total', 'Connections lost', ['pool']);

  constructor(
    private readonly metrics: Metrics,
    events: DatabaseEvents,
    @Inject(TENANT_POOL) private readonly tenantPool: Pool,
    @Inject(CONTROL_POOL) private readonly controlPool: Pool,
    @Inject(TENANT_SLOTS) tenantSlots: TenantSlots,
    @Inject(CONTROL_SLOTS) controlSlots: TenantSlots,
  ) {
    events.subscribe(this);
    this.startAtZero();
    const pools = { tenant: this.tenantPool, control: this.controlPool };
    const slots = { tenant: tenantSlots, control: controlSlots };
    metrics.gauge('db_pool_max_connections', 'Upper bound of the pool', ['pool'], (gauge) => {
      for (const pool of PLANES) gauge.set({ pool }, pools[pool].options.max);
    });
    metrics.gauge('db_pool_connections', 'Connections of the pool', ['pool', 'state'], (gauge) => {
      for (const pool of PLANES) {
        const { totalCount, idleCount } = pools[pool];
        gauge.set({ pool, state: 'total' }, totalCount);
        gauge.set({ pool, state: 'idle' }, idleCount);
        // Nobody waits in the pool's own queue: the slots, which know the tenants, stand before it.
        gauge.set({ pool, state: 'waiting' }, slots[pool].waitingCount);
      }
    });
  }

  transactionEnded({ plane }: TransactionFacts, outcome: TransactionOutcome, durationMs: number): void {
    this.outcomes.inc({ plane, outcome });
    this.durations.observe({ plane }, durationMs / 1_000);
  }

  transactionRetried(plane: Plane): void {
    this.retries.inc({ plane });
  }

  leaseViolated(code: DatabaseErrorCode): void {
    this.violations.inc({ code });
  }

  queueRefused(pool: Plane, reason: 'full' | 'timeout'): void {
    this.refusals.inc({ pool, reason });
  }

  connectionLost(pool: Plane): void {
    this.losses.inc({ pool });
  }

  private startAtZero(): void {
    for (const code of VIOLATIONS) this.violations.inc({ code }, 0);
    for (const plane of PLANES) {
      for (const outcome of TRANSACTION_OUTCOMES) this.outcomes.inc({ plane, outcome }, 0);
      for (const reason of ['full', 'timeout'] as const) this.refusals.inc({ pool: plane, reason }, 0);
      this.retries.inc({ plane }, 0);
      this.losses.inc({ pool: plane }, 0);
    }
  }
}
