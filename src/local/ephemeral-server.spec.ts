import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { withClient } from '../migrations/index.js';
import { SUPPORTED_MAJORS, findBinaries } from './embedded-binaries.js';
import { type EphemeralServer, serverOfMajor } from './ephemeral-server.js';

const installed = await Promise.all(
  SUPPORTED_MAJORS.map((major) =>
    findBinaries(major).then(
      () => [major],
      () => [],
    ),
  ),
);

describe('an ephemeral server', () => {
  let running: EphemeralServer | undefined;
  afterEach(() => running?.stop());

  const ask = async (text: string) =>
    withClient({ connectionString: running?.server.adminUrl() ?? '' }, async (client) => {
      const { rows } = await client.query<{ answer: string }>(text);
      return rows[0]?.answer ?? '';
    });

  it.each(installed.flat())('is a PostgreSQL %i that leaves nothing behind', async (major) => {
    running = await serverOfMajor(major);
    expect(Number(await ask(`SELECT current_setting('server_version_num') AS answer`)) / 10_000).toBeCloseTo(
      major,
      0,
    );
    const folder = await ask(`SELECT current_setting('data_directory') AS answer`);
    expect(existsSync(folder)).toBe(true);
    await running.stop();
    expect(existsSync(folder)).toBe(false);
  });

  it('refuses a major that Rowhouse does not run on', async () => {
    await expect(serverOfMajor(12)).rejects.toThrow('PostgreSQL 12 is none of the majors 15, 16, 17, 18');
  });
});
