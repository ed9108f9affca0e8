import { type TestDatabase, createTestDatabase as createDatabase } from '../../src/testing/test-database.js';
import type { TestRun } from '../../src/testing/test-run.js';
import { pooled } from './pooled.js';

export type { TestDatabase };

/**
 * A clone of the run's template; call `drop()` in afterAll. `isDirect`: past the pooler in `npm run test:pgbouncer`, for what a
 * pooler in transaction mode cannot do by its nature.
 */
export async function createTestDatabase(
  run?: TestRun,
  { isDirect = false }: { isDirect?: boolean } = {},
): Promise<TestDatabase> {
  const database = await createDatabase(run);
  return isDirect || run ? database : pooled(database);
}
