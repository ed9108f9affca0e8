import 'reflect-metadata';
import type { Config } from './config.js';
import { Host, OneOf, OptionalDatabaseUrl, OptionalPath } from './value-types.js';
import { OptionalSwitch, Switch, WholeNumber } from './value-types.js';
import { OptionalHeaders, OptionalHttpUrl, OptionalToken, Ratio, ServiceName } from './telemetry-types.js';
import { OptionalWholeNumber } from './value-types.js';
import { Variable } from './variable.js';

const ENVIRONMENTS = ['development', 'test', 'production'];
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Every environment variable Rowhouse reads, one property each. */
export class Environment {
  @Variable({ default: 'development', why: 'production refuses demo data, weak TLS and query logs' })
  @OneOf(ENVIRONMENTS)
  NODE_ENV!: Config['environment'];

  @Variable({ default: '127.0.0.1', why: 'Address to listen on; 0.0.0.0 inside a container' })
  @Host()
  HOST!: string;

  @Variable({ default: 3000, why: 'Port to listen on; 0 takes any free one' })
  @WholeNumber(0, 65_535)
  PORT!: number;

  @Variable({ default: 1_048_576, unit: 'bytes', why: 'Larger request bodies are answered 413' })
  @WholeNumber(1_024, 104_857_600)
  BODY_LIMIT_BYTES!: number;

  @Variable({
    default: 0,
    unit: 'ms',
    why: 'Served on after SIGTERM with readiness 503, until load balancers noticed',
  })
  @WholeNumber(0, 600_000)
  SHUTDOWN_DELAY_MS!: number;

  @Variable({ default: 10_000, unit: 'ms', why: 'How long requests may take to finish after SIGTERM' })
  @WholeNumber(0, 600_000)
  DRAIN_TIMEOUT_MS!: number;

  @Variable({ secret: true, example: urlOf('app'), why: 'Login rowhouse_app: tenant tables only' })
  @OptionalDatabaseUrl()
  DATABASE_URL?: string;

  @Variable({ secret: true, example: urlOf('control'), why: 'Login rowhouse_control: control plane only' })
  @OptionalDatabaseUrl()
  CONTROL_DATABASE_URL?: string;

  @Variable({ secret: true, example: urlOf('migrator'), why: 'Login rowhouse_migrator: for commands only' })
  @OptionalDatabaseUrl()
  MIGRATION_DATABASE_URL?: string;

  @Variable({ example: '/etc/rowhouse/ca.pem', why: 'PEM file of a private CA the database is signed by' })
  @OptionalPath()
  DATABASE_CA?: string;

  @Variable({ default: 10, unit: 'connections', why: 'Size of the tenant pool of each process' })
  @WholeNumber(1, 1_000)
  DATABASE_POOL_MAX!: number;

  @Variable({ default: 3, unit: 'connections', why: 'Size of the control-plane pool of each process' })
  @WholeNumber(1, 100)
  CONTROL_POOL_MAX!: number;

  @Variable({
    default: 100,
    unit: 'requests',
    why: 'When more wait for a connection, 503 is answered at once',
  })
  @WholeNumber(0, 100_000)
  DATABASE_MAX_WAITING!: number;

  @Variable({ default: 2_000, unit: 'ms', why: 'How long one request waits for a connection' })
  @WholeNumber(100, 60_000)
  DATABASE_CONNECTION_TIMEOUT_MS!: number;

  @Variable({ default: 30_000, unit: 'ms', why: 'Unused connections are closed after this; 0 keeps them' })
  @WholeNumber(0, 3_600_000)
  DATABASE_IDLE_TIMEOUT_MS!: number;

  @Variable({ default: 1_800, unit: 's', why: 'Connections are renewed after this, to follow a failover' })
  @WholeNumber(10, 86_400)
  DATABASE_MAX_LIFETIME_S!: number;

  @Variable({
    default: 10_000,
    unit: 'ms',
    why: 'Silence before TCP keep-alive probes; firewalls drop idle ones',
  })
  @WholeNumber(0, 3_600_000)
  DATABASE_KEEP_ALIVE_DELAY_MS!: number;

  @Variable({ default: 15_000, unit: 'ms', why: 'The server cancels a longer statement' })
  @WholeNumber(100, 3_600_000)
  DATABASE_STATEMENT_TIMEOUT_MS!: number;

  @Variable({
    default: 5_000,
    unit: 'ms',
    why: 'The server cancels a statement that waits longer for a lock',
  })
  @WholeNumber(10, 3_600_000)
  DATABASE_LOCK_TIMEOUT_MS!: number;

  @Variable({ default: 10_000, unit: 'ms', why: 'The server ends a session that idles in a transaction' })
  @WholeNumber(100, 3_600_000)
  DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS!: number;

  @Variable({
    default: 30_000,
    unit: 'ms',
    why: 'How long the start waits for the database, then exit code 1',
  })
  @WholeNumber(100, 600_000)
  DATABASE_CONNECT_DEADLINE_MS!: number;

  @Variable({ default: true, why: 'false for poolers that cannot keep them, as PgBouncer before 1.21' })
  @Switch()
  DATABASE_PREPARED_STATEMENTS!: boolean;

  @Variable({ default: true, why: 'Statements leave without waiting for each other; false to rule it out' })
  @Switch()
  DATABASE_PIPELINE!: boolean;

  @Variable({ default: 200, unit: 'ms', why: 'Slower statements are logged, without parameters; 0 for none' })
  @WholeNumber(0, 600_000)
  SLOW_QUERY_MS!: number;

  @Variable({ default: false, why: 'Log the text of every statement; refused in production' })
  @Switch()
  LOG_QUERIES!: boolean;

  @Variable({ default: 5_000, unit: 'ms', why: 'Age of cached tenants: what a missed notification can cost' })
  @WholeNumber(0, 3_600_000)
  CACHE_TTL_MS!: number;

  @Variable({ default: 10_000, unit: 'entries', why: 'Upper bound of each cache' })
  @WholeNumber(1, 1_000_000)
  CACHE_MAX_ENTRIES!: number;

  @Variable({ default: 'info', why: `The least severe level that is logged: ${LOG_LEVELS.join(', ')}` })
  @OneOf(LOG_LEVELS)
  LOG_LEVEL!: Config['log']['level'];

  @Variable({ example: 'true', why: 'Logs for eyes instead of JSON; when unset, in development only' })
  @OptionalSwitch()
  LOG_PRETTY?: boolean;

  @Variable({
    example: '9464',
    why: 'A port of its own for /metrics; production serves none without it or a token',
  })
  @OptionalWholeNumber(0, 65_535)
  METRICS_PORT?: number;

  @Variable({ default: '127.0.0.1', why: 'Address that METRICS_PORT listens on' })
  @Host()
  METRICS_HOST!: string;

  @Variable({ secret: true, example: 'at-least-16-characters', why: 'Bearer token that /metrics asks for' })
  @OptionalToken()
  METRICS_TOKEN?: string;

  @Variable({
    example: 'http://127.0.0.1:4318',
    why: 'OpenTelemetry collector (OTLP over HTTP); unset: no traces',
  })
  @OptionalHttpUrl()
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  @Variable({ secret: true, example: 'api-key=...', why: 'Headers for the collector: name=value,name=value' })
  @OptionalHeaders()
  OTEL_EXPORTER_OTLP_HEADERS?: Record<string, string>;

  @Variable({ default: 'rowhouse', why: 'service.name of the traces' })
  @ServiceName()
  OTEL_SERVICE_NAME!: string;

  @Variable({
    default: '1',
    unit: '0 to 1',
    why: 'Share of traces begun here that is recorded; callers decide theirs',
  })
  @Ratio()
  OTEL_TRACES_SAMPLER_ARG!: number;
}

function urlOf(login: string): string {
  return `postgres://rowhouse_${login}:password@127.0.0.1:5432/rowhouse`;
}
