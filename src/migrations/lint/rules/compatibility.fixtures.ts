import type { Fixture } from '../fixture.js';
import { contractFixtures } from './compatibility/contract.fixtures.js';
import { renameFixtures } from './compatibility/rename.fixtures.js';

const before = 'CREATE TABLE orders (id uuid PRIMARY KEY, note text);';
const long = 'orders_of_customers_that_have_been_archived_before_the_end_of_the_year';

export const compatibilityFixtures: readonly Fixture[] = [
  ...renameFixtures,
  ...contractFixtures,
  {
    rule: 'not-null-without-default',
    name: 'finds it in one command of several',
    before,
    sql: 'ALTER TABLE "orders" ADD COLUMN a text, ADD COLUMN b text NOT NULL, ADD COLUMN c int NOT NULL DEFAULT 0;',
    finds: [{ object: 'orders.b', message: 'orders.b is NOT NULL' }],
  },
  {
    rule: 'not-null-without-default',
    name: 'finds it in a DO block, with IF NOT EXISTS, and as a primary key',
    before,
    sql: `DO $$ BEGIN ALTER TABLE shop.orders ADD COLUMN IF NOT EXISTS b text NOT NULL; END $$;
ALTER TABLE orders ADD COLUMN key uuid PRIMARY KEY;`,
    finds: [
      { object: 'shop.orders.b', statement: 1 },
      { object: 'orders.key', statement: 2 },
    ],
  },
  {
    rule: 'not-null-without-default',
    name: 'leaves alone new tables, and columns that give a value themselves',
    before,
    sql: `CREATE TABLE notes (id uuid PRIMARY KEY);
ALTER TABLE notes ADD COLUMN body text NOT NULL;
ALTER TABLE orders ADD COLUMN a int NOT NULL GENERATED ALWAYS AS IDENTITY, ADD COLUMN b bigserial NOT NULL,
  ADD COLUMN c int NOT NULL GENERATED ALWAYS AS (1) STORED, ADD COLUMN d text;`,
    finds: [],
  },
  {
    rule: 'newer-syntax',
    name: 'says which major it takes',
    before,
    sql: 'ALTER TABLE orders ADD CONSTRAINT orders_note_not_null NOT NULL note NOT VALID;',
    finds: [{ message: 'needs PostgreSQL 18; the lowest supported one is 15' }],
  },
  {
    rule: 'newer-syntax',
    name: 'looks into DO blocks and defaults',
    before,
    sql: `DO $$ BEGIN ALTER TABLE orders ADD COLUMN total int GENERATED ALWAYS AS (1); END $$;
ALTER TABLE orders ALTER COLUMN id SET DEFAULT uuidv7();`,
    finds: [
      { statement: 1, message: 'VIRTUAL' },
      { statement: 2, message: 'uuidv7' },
    ],
  },
  {
    rule: 'newer-syntax',
    name: 'leaves alone what the lowest major reads',
    before,
    sql: `ALTER TABLE orders ADD CONSTRAINT a CHECK (note <> '') NOT VALID, ALTER COLUMN note SET NOT NULL;
CREATE TABLE notes (a int CONSTRAINT a_known NOT NULL, b int CHECK (b > 0), c int REFERENCES notes (a) DEFERRABLE, UNIQUE NULLS NOT DISTINCT (b));
INSERT INTO orders (id) VALUES ('00000000-0000-0000-0000-000000000001') ON CONFLICT DO NOTHING RETURNING id;
VACUUM orders;`,
    finds: [],
  },
  {
    rule: 'newer-syntax',
    name: 'leaves alone everything where 18 is the lowest',
    before,
    settings: { lowestMajor: 18 },
    sql: 'ALTER TABLE orders ADD CONSTRAINT orders_note_not_null NOT NULL note NOT VALID;',
    finds: [],
  },
  {
    rule: 'identifier-too-long',
    name: 'says what PostgreSQL would call it',
    before,
    sql: `CREATE INDEX ${long} ON orders (note);`,
    finds: [{ object: long, message: `would call it "${long.slice(0, 63)}"` }],
  },
  {
    rule: 'identifier-too-long',
    name: 'counts bytes, not letters',
    before,
    sql: `CREATE INDEX "${'ü'.repeat(32)}" ON orders (note);`,
    finds: [{ message: 'has 64 bytes' }],
  },
  {
    rule: 'identifier-too-long',
    name: 'leaves alone 63 bytes, and long words in strings and comments',
    before,
    sql: `CREATE INDEX ${long.slice(0, 63)} ON orders (note) /* ${long} */ WHERE note = '${long}';`,
    finds: [],
  },
];
