import type { Fixture } from '../fixture.js';

const before = 'CREATE TABLE countries (id uuid PRIMARY KEY, code text UNIQUE, name text);';

export const seedsFixtures: readonly Fixture[] = [
  {
    rule: 'insert-not-repeatable',
    name: 'finds an INSERT that knows no key',
    before,
    sql: "INSERT INTO countries (code, name) VALUES ('CH', 'Switzerland');",
    finds: [{ object: 'countries', message: 'has neither ON CONFLICT nor WHERE NOT EXISTS' }],
  },
  {
    rule: 'insert-not-repeatable',
    name: 'finds a key that each run makes anew',
    before,
    sql: `INSERT INTO countries (id, code) VALUES (gen_random_uuid(), 'CH') ON CONFLICT (id) DO NOTHING;
INSERT INTO countries (code) VALUES ('CH') ON CONFLICT (id) DO NOTHING;`,
    finds: [
      { message: 'never conflicts: each run makes id anew' },
      { statement: 2, message: 'makes id anew' },
    ],
  },
  {
    rule: 'insert-not-repeatable',
    name: 'looks into DO blocks and WITH, and at new tables of a step without a transaction',
    before,
    sql: `-- rowhouse:no-transaction
CREATE TABLE cities (name text);
INSERT INTO cities VALUES ('Bern');
DO $$ BEGIN INSERT INTO countries (code) SELECT 'CH'; END $$;
WITH added AS (INSERT INTO shop.countries (code) VALUES ('CH') RETURNING code) SELECT * FROM added;`,
    finds: [{ object: 'cities' }, { object: 'countries' }, { object: 'shop.countries' }],
  },
  {
    rule: 'insert-not-repeatable',
    name: 'leaves alone what can run twice',
    before,
    sql: `INSERT INTO countries (id, code) VALUES (gen_random_uuid(), 'CH') ON CONFLICT (code) DO NOTHING;
INSERT INTO countries (code) VALUES ('CH') ON CONFLICT DO NOTHING;
INSERT INTO countries (code) SELECT 'CH' WHERE NOT EXISTS (SELECT FROM countries WHERE code = 'CH');
INSERT INTO countries (code) SELECT 'CH' EXCEPT SELECT code FROM countries;
CREATE TABLE cities (name text); INSERT INTO cities VALUES ('Bern');
CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ INSERT INTO countries (code) VALUES ('CH') $$;`,
    finds: [],
  },
];
