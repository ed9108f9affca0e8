import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startLocalDatabase } from '../../src/local/local-database.js';
import { withClient } from '../../src/migrations/index.js';
import { serverFolder } from '../support/server-folder.js';

describe('the database of npm start', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await serverFolder();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const start = async () => {
    const said: string[] = [];
    return { ...(await startLocalDatabase(folder, (text) => said.push(text))), said };
  };

  it('made by drizzle’s migrator before this product had a ledger is adopted, and keeps its rows', async () => {
    const first = await start();
    expect(first.said.at(-1)).toMatch(/^Migrated: 0000_/);
    // What such a folder looks like: drizzle's ledger, and none of ours.
    await withClient({ connectionString: first.server.adminUrl('rowhouse') }, (admin) =>
      admin.query(
        `DROP SCHEMA rowhouse CASCADE;
         INSERT INTO tenants (id, slug, name, status) VALUES (gen_random_uuid(), 'kept', 'Kept', 'active')`,
      ),
    );
    await first.server.stop();
    const second = await start();
    expect(second.said.at(-1)).toBe('The schema is up to date');
    await withClient({ connectionString: second.server.adminUrl('rowhouse') }, async (admin) => {
      expect((await admin.query(`SELECT 1 FROM tenants WHERE slug = 'kept'`)).rowCount).toBe(1);
    });
    await second.server.stop();
  });
});
