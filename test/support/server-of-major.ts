import { testRun } from './test-run.js';

/** A server for a while: a superuser's URL, and how to give it back. */
export interface ServerOfMajor {
  adminUrl: string;
  stop(): Promise<void>;
}

/**
 * A server of this major version: `TEST_DATABASE_URL_<major>`, else the run's own where it is one, else an embedded one.
 * @throws where that major is not installed (`npm run postgres:majors`).
 */
export async function serverOfMajor(major: number): Promise<ServerOfMajor> {
  const run = testRun();
  const given = process.env[`TEST_DATABASE_URL_${major}`] ?? (run.major === major ? run.adminUrl : undefined);
  if (given) return { adminUrl: given, stop: async () => undefined };
  const shared = embedded.get(major) ?? { users: 0, server: startEmbedded(major) };
  embedded.set(major, shared);
  shared.users += 1;
  const server = await shared.server;
  const stop = async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    embedded.delete(major);
    await server.stop();
  };
  return { adminUrl: server.adminUrl, stop };
}

/** Shared by those of a suite that want one at the same time. */
const embedded = new Map<number, { users: number; server: Promise<ServerOfMajor> }>();

async function startEmbedded(major: number): Promise<ServerOfMajor> {
  const { serverOfMajor: start } = await import('../../src/local/ephemeral-server.js');
  const { server, stop } = await start(major);
  return { adminUrl: server.adminUrl(), stop };
}

/** The majors that a suite runs on: `TEST_MAJORS` (`15,18`), default that of the run's server. */
export const testMajors = (): number[] =>
  process.env['TEST_MAJORS']?.split(',').map(Number) ?? [testRun().major];
