import { dropRunDatabases } from './template.js';

/** Drops this run's databases, and stops the server if this run started it. */
export async function endTestRun(): Promise<void> {
  const { rowhouseTestServer } = globalThis;
  if (!rowhouseTestServer) return;
  await dropRunDatabases(rowhouseTestServer.run);
  await rowhouseTestServer.server.stop();
}

/** Jest's `globalTeardown`. */
export default async function globalTeardown(): Promise<void> {
  await endTestRun();
}
