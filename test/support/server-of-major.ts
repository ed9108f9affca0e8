import { testRun } from './test-run.js';
import { withClient } from '../../src/migrations/index.js';

/**
 * A superuser's URL on a server of this major version: the run's own where it is one, else `TEST_DATABASE_URL_<major>`.
 * @throws where neither is.
 */
export async function serverOfMajor(major: number): Promise<string> {
  const { adminUrl } = testRun();
  const given = process.env[`TEST_DATABASE_URL_${major}`];
  if (given) return given;
  if ((await majorOf(adminUrl)) === major) return adminUrl;
  throw new Error(`No PostgreSQL ${major} for this run: set TEST_DATABASE_URL_${major} to a superuser's URL`);
}

const majorOf = (url: string): Promise<number> =>
  withClient({ connectionString: url }, async (client) => {
    const { rows } = await client.query<{ major: number }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS major`,
    );
    return rows[0]?.major ?? 0;
  });

/** The majors that a suite runs on: `TEST_MAJORS` (`15,18`), default the newest. */
export const testMajors = (): number[] => (process.env['TEST_MAJORS'] ?? '18').split(',').map(Number);
