import { availableParallelism } from 'node:os';

/** One server for the whole run, one database per suite: test/support/test-server.ts says how. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/schematics'],
  testRegex: '\\.(spec|e2e-spec)\\.ts$',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testTimeout: 30_000,
  // Jest keeps the modules of every suite for ever: beyond this a worker collects garbage more than it tests.
  workerIdleMemoryLimit: '1GB',
  // Jest leaves a core free, but suites wait for the server more than they compute.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
