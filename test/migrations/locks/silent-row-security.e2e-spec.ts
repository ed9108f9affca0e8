import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg, { escapeIdentifier } from 'pg';
import { randomBytes } from 'node:crypto';
import { testMajors } from '../../support/server-of-major.js';
import { scratchDatabase } from './scratch.js';

/** Why migrations run as a login that bypasses row security, with `row_security = off`: design.md, section 4. */
describe.each(testMajors())('row security under FORCE, measured on PostgreSQL %i', (major) => {
  const owner = `rowhouse_scratch_${randomBytes(6).toString('hex')}`;
  let database: Awaited<ReturnType<typeof scratchDatabase>>;
  let client: pg.Client;

  beforeEach(async () => {
    database = await scratchDatabase(major);
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`
      CREATE ROLE ${escapeIdentifier(owner)} NOLOGIN NOBYPASSRLS;
      CREATE TABLE parents (id int PRIMARY KEY);
      CREATE TABLE children (id int PRIMARY KEY, parent_id int, note text);
      INSERT INTO children VALUES (1, 404, NULL);
      ALTER TABLE parents OWNER TO ${owner};
      ALTER TABLE children OWNER TO ${owner};
      ALTER TABLE children ENABLE ROW LEVEL SECURITY;
      ALTER TABLE children FORCE ROW LEVEL SECURITY;
      CREATE POLICY own ON children TO pg_monitor USING (true);`);
  });
  afterEach(async () => {
    await client.query(`RESET ROLE; DROP OWNED BY ${owner}; DROP ROLE ${owner}`);
    await client.end();
    await database.drop();
  });

  const addKey = () =>
    client.query('ALTER TABLE children ADD CONSTRAINT orphans FOREIGN KEY (parent_id) REFERENCES parents');
  const backfill = () => client.query(`UPDATE children SET note = 'filled'`);
  const isValidated = async () =>
    (
      await client.query<{ convalidated: boolean }>(
        `SELECT convalidated FROM pg_constraint WHERE conname = 'orphans'`,
      )
    ).rows[0]?.convalidated;

  it('lets an owner without a policy validate a foreign key over orphans, and backfill nothing', async () => {
    await client.query(`SET ROLE ${owner}`);
    await addKey();
    expect(await isValidated()).toBe(true);
    expect((await backfill()).rowCount).toBe(0);
  });

  it('turns both into errors with row_security = off', async () => {
    await client.query(`SET ROLE ${owner}; SET row_security = off`);
    await expect(addKey()).rejects.toMatchObject({ code: '42501' });
    await expect(backfill()).rejects.toMatchObject({ code: '42501' });
  });

  it('does both right as a member that bypasses row security', async () => {
    await client.query(`ALTER ROLE ${owner} BYPASSRLS; SET ROLE ${owner}; SET row_security = off`);
    await expect(addKey()).rejects.toMatchObject({ code: '23503' });
    expect((await backfill()).rowCount).toBe(1);
  });
});
