import { migratedTemplate } from './template.js';
import { startTestServer } from './test-server.js';
import type { TestRun } from './test-run.js';

/**
 * Starts one server for the whole run and makes the template that suites clone. Loaded without the application: Jest runs it
 * with Node alone.
 * @throws what the server or a migration says; the server is stopped then.
 */
export async function startTestRun(further?: string): Promise<TestRun> {
  const server = await startTestServer();
  try {
    const run = await migratedTemplate(server.adminUrl, further);
    globalThis.rowhouseTestServer = { server, run };
    process.env['ROWHOUSE_TEST_RUN'] = JSON.stringify(run);
    return run;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Jest's `globalSetup`, which hands its own configuration over. */
export default async function globalSetup(): Promise<void> {
  await startTestRun();
}
