import './resolve-typescript.mjs';

/** Jest loads this file as it is, without its transform: Node itself strips the types of what follows. */
export default async function globalSetup() {
  const { startTestServer } = await import('./test-server.ts');
  await startTestServer();
}
