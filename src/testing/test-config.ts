import { type Config, loadConfig } from '../config/index.js';
import type { TestDatabase } from './test-database.js';

/** The configuration of a suite on its own database: silent, or logging everything to `logFile`. `environment` overrides variables. */
export function testConfig(
  database: TestDatabase,
  environment: Record<string, string> = {},
  logFile?: string,
): Config {
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: logFile === undefined ? 'silent' : 'trace',
    LOG_QUERIES: String(logFile !== undefined && environment['NODE_ENV'] !== 'production'),
    PORT: '0',
    DATABASE_URL: database.tenantUrl,
    CONTROL_DATABASE_URL: database.controlUrl,
    RATE_LIMITS: 'free=1000000,pro=1000000,enterprise=1000000',
    DATABASE_CONNECT_DEADLINE_MS: '5000',
    ...environment,
  });
  return logFile === undefined ? config : { ...config, log: { ...config.log, destination: logFile } };
}
