import type { RolePasswords } from '../migrations/index.js';
import type { TestServer } from './test-server.js';

/** What globalSetup tells the workers, in the environment variable ROWHOUSE_TEST_RUN. */
export interface TestRun {
  id: string;
  adminUrl: string;
  /** The server's major version. */
  major: number;
  template: string;
  passwords: RolePasswords;
}

declare global {
  // `var` is the only form that TypeScript accepts as a property of globalThis.
  var rowhouseTestServer: { server: TestServer; run: TestRun } | undefined;
}

export function testRun(): TestRun {
  const json = process.env['ROWHOUSE_TEST_RUN'];
  if (json === undefined)
    throw new Error('No test server: the Jest configuration needs globalSetup: "rowhouse/testing/setup"');
  return JSON.parse(json) as TestRun;
}

/** The URL of another login or database of the same server. */
export function urlFor(
  adminUrl: string,
  database: string,
  login?: { user: string; password: string },
): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (login) Object.assign(url, { username: login.user, password: login.password });
  return url.href;
}
