import type { Config } from '../../src/config/index.js';
import { testConfig as configOf } from '../../src/testing/test-config.js';
import type { TestDatabase } from './database.js';
import { pooledEnvironment } from './pooled.js';
import { testLogFile } from './test-logs.js';

/** The configuration of a suite on its own database, which logs everything where the run's last act searches it. */
export const testConfig = (database: TestDatabase, environment?: Record<string, string>): Config =>
  configOf(database, { ...pooledEnvironment(database), ...environment }, testLogFile());
