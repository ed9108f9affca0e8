import './typescript-resolution.mjs';
import { useFastFolders } from './fast-folders.mjs';

/** Jest's globalSetup: one server and one migrated template database for the whole run. Node itself strips the types. */
export default async function globalSetup() {
  useFastFolders();
  // Imported only now, since static imports are resolved before the hook above is in place.
  const { startTestRun } = await import('../../src/testing/setup.ts');
  const { LET_SERVICE_SLEEP } = await import('./let-service-sleep.ts');
  const run = await startTestRun(LET_SERVICE_SLEEP);
  if (process.env['TEST_POOLER'] === 'pgbouncer') {
    const { startPooler } = await import('./run-pooler.ts');
    await startPooler(run);
  }
}
