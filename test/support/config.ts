import { type Config, loadConfig } from '../../src/config/index.js';
import type { TestDatabase } from './database.js';
import { testLogFile } from './test-logs.js';

/** The configuration of a suite on its own database; `environment` overrides variables. */
export function testConfig(database: TestDatabase, environment: Record<string, string> = {}): Config {
  const config = loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'trace',
    LOG_QUERIES: environment['NODE_ENV'] === 'production' ? 'false' : 'true',
    PORT: '0',
    DATABASE_URL: database.tenantUrl,
    CONTROL_DATABASE_URL: database.controlUrl,
    RATE_LIMITS: 'free=1000000,pro=1000000,enterprise=1000000',
    DATABASE_CONNECT_DEADLINE_MS: '5000',
    ...environment,
  });
  return { ...config, log: { ...config.log, destination: testLogFile() } };
}
