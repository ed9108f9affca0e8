import 'reflect-metadata';
import {
  OptionalDatabaseUrl,
  OptionalPath,
  OptionalWholeNumber,
  Switch,
  WholeNumber,
} from './value-types.js';
import { Variable } from './variable.js';

/** The variables of the database room. */
export class DatabaseEnvironment {
  @Variable({ secret: true, example: urlOf('app'), why: 'Login rowhouse_app: tenant tables only' })
  @OptionalDatabaseUrl()
  DATABASE_URL?: string;

  @Variable({ secret: true, example: urlOf('control'), why: 'Login rowhouse_control: control plane only' })
  @OptionalDatabaseUrl()
  CONTROL_DATABASE_URL?: string;

  @Variable({
    secret: true,
    example: urlOf('control'),
    why: 'Login rowhouse_control, past poolers in transaction mode: hears of changes; when unset, CONTROL_DATABASE_URL',
  })
  @OptionalDatabaseUrl()
  LISTEN_DATABASE_URL?: string;

  @Variable({ secret: true, example: urlOf('migrator'), why: 'Login rowhouse_migrator: for commands only' })
  @OptionalDatabaseUrl()
  MIGRATION_DATABASE_URL?: string;

  @Variable({ example: '/etc/rowhouse/ca.pem', why: 'PEM file of a private CA the database is signed by' })
  @OptionalPath()
  DATABASE_CA?: string;

  @Variable({ default: 10, unit: 'connections', why: 'Size of the tenant pool of each process' })
  @WholeNumber(1, 1_000)
  DATABASE_POOL_MAX!: number;

  @Variable({
    example: '6',
    unit: 'connections',
    why: 'How many of them one tenant may take at once; when unset, 60 % of the pool',
  })
  @OptionalWholeNumber(1, 1_000)
  DATABASE_POOL_MAX_PER_TENANT?: number;

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
}

function urlOf(login: string): string {
  return `postgres://rowhouse_${login}:password@127.0.0.1:5432/rowhouse`;
}
