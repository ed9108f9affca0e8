export { type IsolatedTable, describeIsolation } from './isolation/describe-isolation.js';
export { installTables } from './install-tables.js';
export {
  type Answer,
  type Call,
  type TestApp,
  type TestAppOptions,
  type TestTenant,
  createTestApp,
} from './test-app.js';
export { type TestDatabase, createTestDatabase } from './test-database.js';
