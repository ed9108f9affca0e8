import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillRows, queryOf, withClient } from '../../src/migrations/index.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

describe('fillRows', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  const fill = () =>
    withClient({ connectionString: database.adminUrl }, (client) => fillRows(queryOf(client)));

  it('puts rows of two tenants into every table, whatever its types, keys and checks, and tells what it could not', async () => {
    await database.query(`
      CREATE TYPE mood AS ENUM ('good', 'bad');
      CREATE DOMAIN short AS text CHECK (length(value) < 5);
      CREATE TABLE kinds (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, feeling mood NOT NULL, tags text[] NOT NULL,
        code char(3) NOT NULL CHECK (code ~ '^[a-z0-9]+$'), digest bytea NOT NULL CHECK (octet_length(digest) = 20),
        amount numeric(10, 2) NOT NULL CHECK (amount >= 100), starts date NOT NULL, ends date NOT NULL,
        period tstzrange NOT NULL, doubled int GENERATED ALWAYS AS (2 * 21) STORED, note short NOT NULL DEFAULT 'x',
        CHECK (starts < ends), CHECK ((feeling = 'bad') = (code = 'bad')));
      CREATE TABLE parts (
        tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, parent uuid, n int NOT NULL UNIQUE,
        PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, parent) REFERENCES parts);
      CREATE TABLE pieces (
        tenant_id uuid NOT NULL REFERENCES tenants, id uuid NOT NULL, part uuid NOT NULL, loop int,
        PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, part) REFERENCES parts);
      CREATE TABLE chicken (id int PRIMARY KEY, egg int);
      CREATE TABLE egg (id int PRIMARY KEY, chicken int NOT NULL REFERENCES chicken);
      ALTER TABLE chicken ADD FOREIGN KEY (egg) REFERENCES egg;
      CREATE TABLE impossible (riddle text NOT NULL CHECK (md5(riddle) = 'd41d8cd98f00b204e9800998ecf8427f' AND riddle <> ''));
    `);
    const { rows, empty } = await fill();
    expect(empty).toEqual([
      { table: 'public.impossible', reason: expect.stringContaining('impossible_riddle_check') },
    ]);
    for (const [table, count] of Object.entries(rows))
      expect([table, count]).toEqual([table, table === 'public.impossible' ? 0 : expect.any(Number)]);
    expect(rows['public.kinds']).toBe(2);
    const { rows: tenants } = await database.query(
      'SELECT count(DISTINCT tenant_id)::int AS count FROM pieces',
    );
    expect(tenants).toEqual([{ count: 2 }]);
  });
});
