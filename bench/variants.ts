import type { BenchDatabase } from './database.js';
import { type Child, startChild } from './fork.js';

export const VARIANTS = ['a', 'b', 'c', 'd'] as const;
export type Variant = (typeof VARIANTS)[number];

export const TITLES: Record<Variant, string> = {
  a: 'bare Fastify + pg',
  b: 'Fastify + pg, naive tx',
  c: 'NestJS + Drizzle, naive tx',
  d: 'Rowhouse',
};

const MODULES: Record<Variant, string> = {
  a: 'peers/bare-fastify',
  b: 'peers/naive-fastify',
  c: 'peers/naive-nest',
  d: 'rowhouse',
};

export const POOL_SIZE = 10;

export interface RunningVariant {
  child: Child;
  baseUrl: string;
  headersOf(tenant: 'acme' | 'globex'): Record<string, string>;
}

/** The environment of a Rowhouse process whose tenant pool is on `port`, and its control pool on `controlPort`. */
export const rowhouseEnvironment = (
  database: Pick<BenchDatabase, 'url'>,
  port: number,
  controlPort: number,
) => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: '0',
  // A busy machine makes statements slow; their lines would only disturb the measurement.
  SLOW_QUERY_MS: '0',
  DATABASE_URL: database.url('app', port),
  CONTROL_DATABASE_URL: database.url('control', controlPort),
  DATABASE_POOL_MAX: String(POOL_SIZE),
  // Checked as in production, and never reached: the load is of one tenant.
  DATABASE_POOL_MAX_PER_TENANT: String(POOL_SIZE),
  RATE_LIMITS: 'free=100000000,pro=100000000,enterprise=100000000',
  RATE_LIMIT_CREDENTIAL_PERCENT: '100',
});

/** Starts one variant in a process of its own, its database being on `port`: PostgreSQL's, or a proxy's. */
export async function startVariant(
  variant: Variant,
  database: BenchDatabase,
  port: number,
  { controlPort = port, execArgv = [] as string[] } = {},
): Promise<RunningVariant> {
  // The migrator's login bypasses row security: for (a) alone, which is the limit.
  const url = database.url(variant === 'a' ? 'migrator' : 'app', port);
  const peer = { NODE_ENV: 'production', DATABASE_URL: url, POOL_MAX: String(POOL_SIZE) };
  const env = variant === 'd' ? rowhouseEnvironment(database, port, controlPort) : peer;
  const child = await startChild(MODULES[variant], env, execArgv);
  return {
    child,
    baseUrl: `http://127.0.0.1:${child.port}`,
    headersOf: (tenant): Record<string, string> =>
      variant === 'd'
        ? { authorization: `Bearer ${child.keys![tenant]}` }
        : { 'x-tenant-id': database.tenants[tenant] },
  };
}
