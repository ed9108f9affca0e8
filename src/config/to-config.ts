import type { Config, DatabaseConfig, DatabaseConnection, TracingConfig } from './config.js';
import type { Environment } from './environment.js';

/** Variables, named for operators, become settings, named for the code that uses them. */
export function toConfig(env: Environment, tenant: DatabaseConnection, control: DatabaseConnection): Config {
  return {
    environment: env.NODE_ENV,
    http: {
      host: env.HOST,
      port: env.PORT,
      bodyLimitBytes: env.BODY_LIMIT_BYTES,
      shutdownDelayMs: env.SHUTDOWN_DELAY_MS,
      drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
    },
    database: databaseConfigOf(env, tenant, control),
    cache: { ttlMs: env.CACHE_TTL_MS, maxEntries: env.CACHE_MAX_ENTRIES },
    log: {
      level: env.LOG_LEVEL,
      pretty: env.LOG_PRETTY ?? env.NODE_ENV === 'development',
      destination: 1,
    },
    metrics: { port: env.METRICS_PORT, host: env.METRICS_HOST, token: env.METRICS_TOKEN },
    tracing: tracingConfigOf(env),
  };
}

function tracingConfigOf(env: Environment): TracingConfig | undefined {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  return endpoint === undefined
    ? undefined
    : {
        endpoint,
        headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? {},
        serviceName: env.OTEL_SERVICE_NAME,
        sampleRatio: env.OTEL_TRACES_SAMPLER_ARG,
      };
}

function databaseConfigOf(
  env: Environment,
  tenant: DatabaseConnection,
  control: DatabaseConnection,
): DatabaseConfig {
  return {
    tenant,
    control,
    tenantPoolMax: env.DATABASE_POOL_MAX,
    controlPoolMax: env.CONTROL_POOL_MAX,
    maxWaiting: env.DATABASE_MAX_WAITING,
    connectionTimeoutMs: env.DATABASE_CONNECTION_TIMEOUT_MS,
    idleTimeoutMs: env.DATABASE_IDLE_TIMEOUT_MS,
    maxLifetimeSeconds: env.DATABASE_MAX_LIFETIME_S,
    keepAliveInitialDelayMs: env.DATABASE_KEEP_ALIVE_DELAY_MS,
    statementTimeoutMs: env.DATABASE_STATEMENT_TIMEOUT_MS,
    lockTimeoutMs: env.DATABASE_LOCK_TIMEOUT_MS,
    idleInTransactionTimeoutMs: env.DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS,
    connectDeadlineMs: env.DATABASE_CONNECT_DEADLINE_MS,
    preparedStatements: env.DATABASE_PREPARED_STATEMENTS,
    pipeline: env.DATABASE_PIPELINE,
    slowQueryMs: env.SLOW_QUERY_MS,
    logQueries: env.LOG_QUERIES,
  };
}
