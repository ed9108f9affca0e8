/** Jest's globalTeardown: drops this run's databases, and stops the server if this run started it. */
export default async function globalTeardown(): Promise<void> {
  const { dropRunDatabases } = await import('./template.js');
  const { rowhouseTestServer } = globalThis;
  if (!rowhouseTestServer) return;
  await dropRunDatabases(rowhouseTestServer.run);
  await rowhouseTestServer.server.stop();
}
