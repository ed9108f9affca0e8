import type { Fixture } from '../fixture.js';

const before = `CREATE TABLE orders (id uuid PRIMARY KEY, note text);
CREATE TYPE order_status AS ENUM ('sent', 'paid');`;

export const transactionFixtures: readonly Fixture[] = [
  {
    rule: 'transaction-control',
    name: 'finds each command',
    before,
    sql: 'BEGIN;\nALTER TABLE orders ADD COLUMN a int;\nSAVEPOINT s;\nCOMMIT;',
    finds: [
      { message: 'BEGIN', line: 1 },
      { message: 'SAVEPOINT', line: 3 },
      { message: 'COMMIT', line: 4 },
    ],
  },
  {
    rule: 'transaction-control',
    name: 'leaves alone the BEGIN of functions and blocks',
    before,
    sql: `DO $$ BEGIN PERFORM 1; END $$;
CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END;`,
    finds: [],
  },
  {
    rule: 'concurrent-in-transaction',
    name: 'finds every statement that PostgreSQL would refuse',
    before,
    sql: `CREATE INDEX CONCURRENTLY orders_note ON orders (note);
DROP INDEX CONCURRENTLY IF EXISTS shop.orders_old;
REINDEX (CONCURRENTLY) TABLE orders;
ALTER TABLE orders DETACH PARTITION orders_2020 CONCURRENTLY;
VACUUM orders;`,
    finds: [
      { object: 'orders_note', message: 'CREATE INDEX CONCURRENTLY' },
      { object: 'shop.orders_old', message: 'DROP INDEX CONCURRENTLY' },
      { message: 'REINDEX CONCURRENTLY' },
      { message: 'DETACH PARTITION CONCURRENTLY' },
      { message: 'VACUUM' },
    ],
  },
  {
    rule: 'concurrent-in-transaction',
    name: 'leaves alone a step without a transaction, and statements that need none',
    before,
    sql: `-- rowhouse:no-transaction
CREATE INDEX CONCURRENTLY orders_note ON orders (note);
REINDEX (CONCURRENTLY false) TABLE orders;`,
    finds: [],
  },
  {
    rule: 'mixed-step',
    name: 'finds what could have a transaction',
    before,
    sql: `-- rowhouse:no-transaction
ALTER TABLE orders ADD COLUMN a int;
CREATE INDEX CONCURRENTLY orders_a ON orders (a);`,
    finds: [{ statement: 1, message: 'stands beside CREATE INDEX CONCURRENTLY' }],
  },
  {
    rule: 'mixed-step',
    name: 'leaves alone what belongs to it, and steps of rows without a transaction',
    before,
    sql: `-- rowhouse:no-transaction
SET statement_timeout = '1h';
CREATE INDEX CONCURRENTLY orders_note ON orders (note);
ALTER TABLE orders VALIDATE CONSTRAINT orders_known;
DROP INDEX CONCURRENTLY orders_old;`,
    finds: [],
  },
  {
    rule: 'concurrently-on-new-table',
    name: 'names the table',
    before,
    sql: `-- rowhouse:no-transaction
CREATE TABLE notes (id uuid);
CREATE INDEX CONCURRENTLY notes_id ON notes (id);`,
    finds: [{ object: 'notes', message: 'notes is new in this step' }],
  },
  {
    rule: 'concurrently-on-new-table',
    name: 'leaves alone an old table, and one of the same name in another schema',
    before,
    sql: `-- rowhouse:no-transaction
CREATE TABLE shop.orders (id uuid);
CREATE INDEX CONCURRENTLY orders_note ON orders (note);`,
    finds: [],
  },
  {
    rule: 'enum-value-used',
    name: 'finds a default, a comparison and a block',
    before,
    sql: `ALTER TYPE order_status ADD VALUE 'shipped';
ALTER TABLE orders ADD COLUMN status order_status DEFAULT 'shipped';
DO $$ BEGIN UPDATE orders SET note = '' WHERE status = 'shipped'; END $$;`,
    finds: [
      { object: 'order_status.shipped', statement: 2 },
      { object: 'order_status.shipped', statement: 3 },
    ],
  },
  {
    rule: 'enum-value-used',
    name: 'leaves alone a new type, a value that is only added, and bodies that run later',
    before,
    sql: `ALTER TYPE order_status ADD VALUE 'shipped' AFTER 'sent';
CREATE TYPE colour AS ENUM ('red'); ALTER TYPE colour ADD VALUE 'blue'; SELECT 'blue'::colour;
CREATE FUNCTION f() RETURNS order_status LANGUAGE sql AS $$ SELECT 'shipped'::order_status $$;`,
    finds: [],
  },
  {
    rule: 'dynamic-sql',
    name: 'tells what cannot be read, and is an error where it destroys',
    before,
    sql: `DO $$ DECLARE t text := 'orders'; BEGIN
  EXECUTE format('ALTER TABLE %I SET (fillfactor = 90)', t);
  EXECUTE 'DROP TABLE ' || t;
END $$;`,
    finds: [
      { severity: 'warning', message: 'fillfactor' },
      { severity: 'error', message: 'DROP TABLE' },
    ],
  },
  {
    rule: 'dynamic-sql',
    name: 'leaves alone a plain string, which the other rules read',
    before,
    sql: "DO $$ BEGIN EXECUTE 'ALTER TABLE orders ADD COLUMN a int'; END $$;",
    finds: [],
  },
];
