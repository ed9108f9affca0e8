import { removeCompileCache } from './fast-folders.mjs';

/** Jest's globalTeardown: drops this run's databases, stops the server if this run started it, searches the logs. */
export default async function globalTeardown() {
  const { endTestRun } = await import('../../src/testing/teardown.ts');
  const { searchTestLogs } = await import('./test-logs.ts');
  const { rowhouseTestServer } = globalThis;
  if (!rowhouseTestServer) return;
  const { stopPooler } = await import('./run-pooler.ts');
  await stopPooler();
  await endTestRun();
  removeCompileCache();
  const { lines, leaks } = searchTestLogs(rowhouseTestServer.run);
  const told = leaks.slice(0, 10).map(({ kind, line }) => `  ${kind}: ${line.slice(0, 300)}`);
  if (leaks.length > 0)
    throw new Error(`The logs of this run hold credentials (${leaks.length} lines):\n${told.join('\n')}`);
  process.stderr.write(`The log was searched: no credential in its ${lines} lines.\n`);
}
