/** Jest's globalTeardown: drops this run's databases, and stops the server if this run started it. */
export default async function globalTeardown() {
  const { dropRunDatabases } = await import('./template.ts');
  const { rowhouseTestServer } = globalThis;
  if (!rowhouseTestServer) return;
  await dropRunDatabases(rowhouseTestServer.run);
  await rowhouseTestServer.server.stop();
}
