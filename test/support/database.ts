export { type TestDatabase, createTestDatabase } from '../../src/testing/test-database.js';
