import { testRun } from './test-run.js';

/**
 * A superuser's URL on a server of this major version: `TEST_DATABASE_URL_<major>`, else the run's own where it is one.
 * @throws where neither is.
 */
export async function serverOfMajor(major: number): Promise<string> {
  const given = process.env[`TEST_DATABASE_URL_${major}`];
  if (given) return given;
  const run = testRun();
  if (run.major === major) return run.adminUrl;
  throw new Error(`No PostgreSQL ${major} for this run: set TEST_DATABASE_URL_${major} to a superuser's URL`);
}

/** The majors that a suite runs on: `TEST_MAJORS` (`15,18`), default that of the run's server. */
export const testMajors = (): number[] =>
  process.env['TEST_MAJORS']?.split(',').map(Number) ?? [testRun().major];
