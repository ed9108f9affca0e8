import type { Environment } from './environment.js';
import { githubProblems } from './github.js';

type Limit =
  | 'DATABASE_LOCK_TIMEOUT_MS'
  | 'DATABASE_STATEMENT_TIMEOUT_MS'
  | 'DATABASE_CONNECTION_TIMEOUT_MS'
  | 'DATABASE_CONNECT_DEADLINE_MS'
  | 'DATABASE_POOL_MAX'
  | 'DATABASE_POOL_MAX_PER_TENANT';

/** What is wrong with variables that are each fine alone. An unreadable number is NaN here and compares as false. */
export function crossCheck(environment: Environment, env: NodeJS.ProcessEnv): string[] {
  const problems: string[] = [];
  const isProduction = environment.NODE_ENV === 'production';
  const missing = ['DATABASE_URL', 'CONTROL_DATABASE_URL'].filter((name) => env[name] === undefined);
  if (missing.length > 0) problems.push(missingUrls(missing, environment.NODE_ENV));
  if (isProduction && environment.LOG_QUERIES) {
    problems.push('LOG_QUERIES must be false in production: statements would fill the log');
  }
  if (isProduction && environment.AUDIT === 'warn') {
    problems.push(
      'AUDIT must be block in production: npm run db:audit tells what is broken, and how to mend it',
    );
  }
  if (isProduction && environment.LOG_PRETTY) {
    problems.push('LOG_PRETTY must be false in production: pino-pretty is a development dependency');
  }
  if (environment.METRICS_PORT !== undefined && environment.METRICS_PORT !== 0) {
    if (environment.METRICS_PORT === environment.PORT) problems.push('METRICS_PORT and PORT must differ');
  }
  const isPlainHttp = environment.OTEL_EXPORTER_OTLP_ENDPOINT?.startsWith('http://');
  if (isProduction && isPlainHttp && environment.OTEL_EXPORTER_OTLP_HEADERS !== undefined) {
    problems.push(
      'OTEL_EXPORTER_OTLP_ENDPOINT must be https in production when OTEL_EXPORTER_OTLP_HEADERS are sent there',
    );
  }
  problems.push(...githubProblems(environment));
  const refuseExcess = (name: Limit, limit: Limit) => {
    // A default that a changed neighbour makes pointless is not the operator's mistake.
    const bothGiven = env[name] !== undefined && env[limit] !== undefined;
    if (bothGiven && Number(environment[name]) > Number(environment[limit]))
      problems.push(`${name} must not exceed ${limit}`);
  };
  refuseExcess('DATABASE_LOCK_TIMEOUT_MS', 'DATABASE_STATEMENT_TIMEOUT_MS');
  refuseExcess('DATABASE_CONNECTION_TIMEOUT_MS', 'DATABASE_CONNECT_DEADLINE_MS');
  refuseExcess('DATABASE_POOL_MAX_PER_TENANT', 'DATABASE_POOL_MAX');
  return problems;
}

function missingUrls(missing: string[], environment: Environment['NODE_ENV']): string {
  const names = `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`;
  const bootstrap = 'npm run db:bootstrap creates the logins and prints the URLs';
  if (environment === 'production') return `${names}: ${bootstrap}`;
  return `${names}: npm start without DATABASE_URL brings an embedded database, ${bootstrap} for your own`;
}
