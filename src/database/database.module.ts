import {
  type DynamicModule,
  Global,
  Inject,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { ClsModule } from 'nestjs-cls';
import type { Pool } from 'pg';
import { Config, type DatabaseConfig } from '../config/index.js';
import { ControlDatabase, TenantDatabase, ambientDatabase } from './ambient-database.js';
import { ChangeListener } from './change-listener.js';
import { DatabaseEvents } from './database-events.js';
import { connectWithBackoff } from './connect-with-backoff.js';
import {
  CONTROL_POOL,
  CONTROL_SLOTS,
  LEASE_SETTINGS,
  TENANT_POOL,
  TENANT_SLOTS,
  TENANT_TABLES,
} from './database.tokens.js';
import { createPool } from './pool.js';
import { QueryLog } from './query-log.js';
import { TenantSlots } from './tenant-slots.js';
import { tenantTablesAmong } from './tenant-table.js';
import { Transactions } from './transactions.js';

/** The two pools, the two Drizzle instances, and the transactions they work in. */
@Global()
@Module({})
export class DatabaseModule implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Database');

  constructor(
    @Inject(TENANT_POOL) private readonly tenantPool: Pool,
    @Inject(CONTROL_POOL) private readonly controlPool: Pool,
    private readonly config: Config,
  ) {}

  /** `schema`: all tables and relations of the application, for `db.query`. */
  static forRoot(schema: Record<string, unknown>): DynamicModule {
    const pools = [
      {
        provide: TENANT_POOL,
        inject: [Config, DatabaseEvents],
        useFactory: ({ database }: Config, events: DatabaseEvents) =>
          createPool(database.tenant, database.tenantPoolMax, 'tenant', database, events),
      },
      {
        provide: CONTROL_POOL,
        inject: [Config, DatabaseEvents],
        useFactory: ({ database }: Config, events: DatabaseEvents) =>
          createPool(database.control, database.controlPoolMax, 'control', database, events),
      },
    ];
    const slots = [
      {
        provide: TENANT_SLOTS,
        inject: [Config],
        useFactory: ({ database }: Config) =>
          slotsOf(database, database.tenantPoolMax, database.tenantPoolMaxPerTenant),
      },
      {
        provide: CONTROL_SLOTS,
        inject: [Config],
        useFactory: ({ database }: Config) =>
          // One is left for whoever else must look something up, to sign in above all.
          slotsOf(database, database.controlPoolMax, Math.max(1, database.controlPoolMax - 1)),
      },
    ];
    const databases = (['tenant', 'control'] as const).map((plane) => ({
      provide: plane === 'tenant' ? TenantDatabase : ControlDatabase,
      inject: [Transactions],
      useFactory: (transactions: Transactions) =>
        ambientDatabase(schema, () => transactions.currentLease(plane)),
    }));
    return {
      module: DatabaseModule,
      imports: [ClsModule.forRoot({ global: true })],
      providers: [
        ...pools,
        ...slots,
        ...databases,
        { provide: TENANT_TABLES, useFactory: () => tenantTablesAmong(schema) },
        { provide: LEASE_SETTINGS, inject: [Config], useFactory: (config: Config) => config.database },
        {
          provide: DatabaseEvents,
          inject: [Config],
          useFactory: (config: Config) => new DatabaseEvents([new QueryLog(config.database)]),
        },
        Transactions,
        ChangeListener,
      ],
      exports: [
        TENANT_POOL,
        CONTROL_POOL,
        TENANT_SLOTS,
        CONTROL_SLOTS,
        TENANT_TABLES,
        TenantDatabase,
        ControlDatabase,
        Transactions,
        ChangeListener,
        DatabaseEvents,
      ],
    };
  }

  /** The start waits for the database, up to the deadline: in a cluster it may come up after us. */
  async onModuleInit(): Promise<void> {
    const retrying = (reason: string, pauseMs: number) =>
      this.logger.warn({ msg: 'database not reachable yet', reason, retryInMs: pauseMs });
    for (const pool of [this.controlPool, this.tenantPool]) {
      await connectWithBackoff(pool, this.config.database.connectDeadlineMs, retrying);
    }
  }

  /** Last of all: `onModuleDestroy` would run before the requests in flight have finished. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.tenantPool.end(), this.controlPool.end()]);
  }
}

const slotsOf = ({ maxWaiting, connectionTimeoutMs }: DatabaseConfig, total: number, perTenant: number) =>
  new TenantSlots({ total, perTenant, maxWaiting, timeoutMs: connectionTimeoutMs });
