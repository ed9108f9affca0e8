import { type TestDatabase, createTestDatabase } from '../../support/database.js';
import { Pgbouncer, hasPgbouncer } from '../../support/pgbouncer.js';
import type { Choices } from './choices.js';

const PLAN_CACHE_MODES = ['auto', 'force_generic_plan', 'force_custom_plan'] as const;

/** Under what the oracles ask: all of it must make no difference. */
export interface Configuration {
  planCacheMode: (typeof PLAN_CACHE_MODES)[number];
  pipeline: boolean;
  /** Through PgBouncer, in transaction mode. */
  pooler: boolean;
  poolMax: number;
}

/** A database that is reached so, and the environment of an application that does. */
export interface Setting {
  database: TestDatabase;
  environment: Record<string, string>;
}

export const CONFIGURATIONS: Configuration[] = PLAN_CACHE_MODES.flatMap((planCacheMode) =>
  [true, false].flatMap((pipeline) =>
    (hasPgbouncer ? [false, true] : [false]).map((pooler) => ({
      planCacheMode,
      pipeline,
      pooler,
      poolMax: 1,
    })),
  ),
);

export const inWords = ({ planCacheMode, pipeline, pooler, poolMax }: Configuration): string =>
  `${planCacheMode}, pipeline ${pipeline ? 'on' : 'off'}, ${pooler ? 'PgBouncer' : 'direct'}, pool of ${poolMax}`;

export const anyOf = (choices: Choices): Configuration => ({
  ...choices.pick(CONFIGURATIONS),
  poolMax: 1 + choices.below(3),
});

/** Settings of one configuration; what they need beside a database goes with `close()`. */
export class Settings {
  readonly #poolers: Pgbouncer[] = [];

  constructor(readonly configuration: Configuration) {}

  async open(): Promise<Setting> {
    const { planCacheMode, pipeline, pooler, poolMax } = this.configuration;
    const database = await createTestDatabase();
    await database.query(`ALTER DATABASE ${database.name} SET plan_cache_mode = ${planCacheMode}`);
    const environment = {
      LOG_LEVEL: 'fatal', // it is the point of the programs to be violations
      LOG_QUERIES: 'false',
      DATABASE_PIPELINE: String(pipeline),
      DATABASE_POOL_MAX: String(poolMax),
      DATABASE_CONNECTION_TIMEOUT_MS: '5000',
      ...(pooler && (await this.through(database))),
    };
    return { database, environment };
  }

  async close(): Promise<void> {
    await Promise.all(this.#poolers.map((pooler) => pooler.stop()));
  }

  private async through(database: TestDatabase): Promise<Record<string, string>> {
    const pooler = await Pgbouncer.start(database.tenantUrl, 'transaction', {
      ignore_startup_parameters:
        'extra_float_digits, statement_timeout, lock_timeout, idle_in_transaction_session_timeout',
      // Fewer than the clients: transactions take turns on them.
      default_pool_size: 2,
    });
    this.#poolers.push(pooler);
    return { DATABASE_URL: pooler.through(database.tenantUrl), DATABASE_PREPARED_STATEMENTS: 'false' };
  }
}
