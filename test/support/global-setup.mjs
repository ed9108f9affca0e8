import './typescript-resolution.mjs';
import { useFastFolders } from './fast-folders.mjs';

/** Jest's globalSetup: one server and one migrated template database for the whole run. Node itself strips the types. */
export default async function globalSetup() {
  useFastFolders();
  // Imported only now, since static imports are resolved before the hook above is in place.
  const { startTestServer } = await import('./test-server.ts');
  const { migratedTemplate } = await import('./template.ts');
  const server = await startTestServer();
  try {
    const run = await migratedTemplate(server.adminUrl);
    globalThis.rowhouseTestServer = { server, run };
    process.env['ROWHOUSE_TEST_RUN'] = JSON.stringify(run);
  } catch (error) {
    await server.stop();
    throw error;
  }
}
