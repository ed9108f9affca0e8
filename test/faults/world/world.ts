import { RedisServer } from '../../limits/redis-server.js';
import { WEBHOOK_SECRET, bindInstallations } from '../load/webhooks.js';
import type { TestDatabase } from '../../support/database.js';
import type { Random } from '../random.js';
import { FaultyNetwork } from './faulty-network.js';
import { Postgres } from './postgres.js';
import { QUIET } from './quiet.js';
import { Service } from './service.js';
import { type Tenant, makeOperator, makeTenants } from './tenants.js';

/** Of every request, in every service of this world: it is answered by then, whatever happens. */
export const DEADLINE_MS = 5_000;
export const CACHE_TTL_MS = 2_000;
/** Of a statement, and of the wait for a lock. */
const STATEMENT_MS = 3_000;
const TENANTS = 4;

/**
 * A service as in production, process by process: the built server, its PostgreSQL behind a network of ours, its Redis,
 * and tenants. Further servers may join.
 */
export class World {
  private readonly services: Service[] = [];

  private constructor(
    readonly postgres: Postgres,
    /** Between the services and PostgreSQL, for the tenant pool. */
    readonly tenantNetwork: FaultyNetwork,
    /** The same for the control plane: its pool, the listener, the probes of health. */
    readonly controlNetwork: FaultyNetwork,
    readonly redis: RedisServer | undefined,
    readonly operator: string,
  ) {}

  private quietService: Promise<Service> | undefined;
  private networkOfQuiet: FaultyNetwork | undefined;
  main!: Service;
  tenants!: Tenant[];

  static async start(random: Random, hasRedis: boolean): Promise<World> {
    const postgres = await Postgres.start();
    const { tenantUrl, controlUrl } = postgres.database;
    const world = new World(
      postgres,
      await FaultyNetwork.before(tenantUrl),
      await FaultyNetwork.before(controlUrl),
      hasRedis ? await RedisServer.start() : undefined,
      await makeOperator(postgres.database),
    );
    world.main = await world.startService();
    world.tenants = await makeTenants(world.main.url, world.operator, TENANTS, random);
    await bindInstallations(postgres.database, world.tenants);
    return world;
  }

  get database(): TestDatabase {
    return this.postgres.database;
  }

  /** A server that gets no load, whose sessions are called `QUIET`, and whose control plane has a network of its own. */
  quiet(): Promise<Service> {
    return (this.quietService ??= this.startQuiet());
  }

  get quietNetwork(): FaultyNetwork {
    if (!this.networkOfQuiet) throw new Error('The quiet server has not been started');
    return this.networkOfQuiet;
  }

  private async startQuiet(): Promise<Service> {
    this.networkOfQuiet = await FaultyNetwork.before(this.database.controlUrl);
    return this.startService({
      DATABASE_URL: `${this.database.tenantUrl}?application_name=${QUIET}`,
      CONTROL_DATABASE_URL: this.networkOfQuiet.through(this.database.controlUrl),
      RATE_LIMIT_FAILED_SIGN_INS: '0', // its faults present bad credentials from the address of all
    });
  }

  /** One more server on the same database; `environment` overrides what all have. */
  async startService(environment: Record<string, string> = {}): Promise<Service> {
    const service = await Service.start({
      DATABASE_URL: this.tenantNetwork.through(this.database.tenantUrl),
      CONTROL_DATABASE_URL: this.controlNetwork.through(this.database.controlUrl),
      REQUEST_TIMEOUT_MS: String(DEADLINE_MS),
      DATABASE_STATEMENT_TIMEOUT_MS: String(STATEMENT_MS),
      DATABASE_LOCK_TIMEOUT_MS: String(STATEMENT_MS),
      CACHE_TTL_MS: String(CACHE_TTL_MS),
      RATE_LIMITS: 'free=100000000,pro=100000000,enterprise=100000000',
      GITHUB_WEBHOOK_SECRETS: WEBHOOK_SECRET,
      ...(this.redis && { REDIS_URL: this.redis.url }),
      ...environment,
    });
    this.services.push(service);
    return service;
  }

  /** Processes of ours that ended though nobody had asked them to. */
  get crashes(): number {
    return this.services.filter(({ hasCrashed }) => hasCrashed).length;
  }

  /** What the servers logged of requests that they failed themselves, since this was asked last. */
  takeErrors(): string[] {
    return this.services.flatMap((service) => service.takeErrors());
  }

  async stop(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop()));
    await Promise.all([
      this.tenantNetwork.close(),
      this.controlNetwork.close(),
      this.networkOfQuiet?.close(),
      this.redis?.kill(),
    ]);
    await this.postgres.stop();
  }
}
