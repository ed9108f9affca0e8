import { type Config, loadConfig } from '../../src/config/index.js';
import type { TestDatabase } from './database.js';

/** The configuration of a suite on its own database; `environment` overrides variables. */
export const testConfig = (database: TestDatabase, environment: Record<string, string> = {}): Config =>
  loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    DATABASE_URL: database.tenantUrl,
    CONTROL_DATABASE_URL: database.controlUrl,
    RATE_LIMITS: 'free=1000000,pro=1000000,enterprise=1000000',
    DATABASE_CONNECT_DEADLINE_MS: '5000',
    ...environment,
  });
