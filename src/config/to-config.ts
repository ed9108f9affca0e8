import type { Config, DatabaseConfig, TokenIssuer, TracingConfig } from './config.js';
import type { Environment } from './environment.js';
import { githubConfigOf } from './github.js';
import { readRateLimits } from './rate-limits.js';

/** One tenant leaves two connections in five to the others. */
const PER_TENANT_SHARE = 0.6;

type Connections = Pick<DatabaseConfig, 'tenant' | 'control' | 'listener'>;

/** Variables, named for operators, become settings, named for the code that uses them. */
export function toConfig(env: Environment, connections: Connections, issuers: TokenIssuer[]): Config {
  return {
    environment: env.NODE_ENV,
    audit: env.AUDIT,
    http: {
      host: env.HOST,
      port: env.PORT,
      bodyLimitBytes: env.BODY_LIMIT_BYTES,
      trustProxy: env.TRUST_PROXY?.split(',') ?? false,
      requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
      receiveTimeoutMs: env.RECEIVE_TIMEOUT_MS,
      keepAliveTimeoutMs: env.KEEP_ALIVE_TIMEOUT_MS,
      corsOrigins: env.CORS_ORIGINS ?? [],
      shutdownDelayMs: env.SHUTDOWN_DELAY_MS,
      drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
    },
    database: databaseConfigOf(env, connections),
    cache: { ttlMs: env.CACHE_TTL_MS, maxEntries: env.CACHE_MAX_ENTRIES },
    dns: { servers: env.DNS_SERVERS?.split(','), timeoutMs: env.DNS_TIMEOUT_MS },
    identity: { issuers },
    mail: { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, appUrl: env.APP_URL.replace(/\/+$/, '') },
    github: githubConfigOf(env),
    limits: {
      requestsPerMinute: readRateLimits(env.RATE_LIMITS),
      credentialPercent: env.RATE_LIMIT_CREDENTIAL_PERCENT,
      failedSignInsPerMinute: env.RATE_LIMIT_FAILED_SIGN_INS,
      redisUrl: env.REDIS_URL,
    },
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

function databaseConfigOf(env: Environment, connections: Connections): DatabaseConfig {
  const perTenant = Math.max(1, Math.floor(env.DATABASE_POOL_MAX * PER_TENANT_SHARE));
  return {
    ...connections,
    tenantPoolMax: env.DATABASE_POOL_MAX,
    tenantPoolMaxPerTenant: Math.min(env.DATABASE_POOL_MAX_PER_TENANT ?? perTenant, env.DATABASE_POOL_MAX),
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
