import type { Fixture } from '../../fixture.js';

const before = 'CREATE TABLE orders (id uuid PRIMARY KEY, note text);';

export const renameFixtures: readonly Fixture[] = [
  {
    rule: 'rename-column',
    name: 'names both columns',
    before,
    sql: 'ALTER TABLE "orders" RENAME COLUMN "note" TO "comment";',
    finds: [{ object: 'orders.note', message: 'orders.note is renamed to comment' }],
  },
  {
    rule: 'rename-column',
    name: 'finds it in a DO block, in a view, and with IF EXISTS',
    before,
    sql: `DO $$ BEGIN ALTER TABLE IF EXISTS shop.orders RENAME note TO comment; END $$;
ALTER VIEW open_orders RENAME COLUMN note TO comment;`,
    finds: [{ object: 'shop.orders.note' }, { object: 'open_orders.note' }],
  },
  {
    rule: 'rename-column',
    name: 'leaves alone a new table, constraints and indexes',
    before,
    sql: `CREATE TABLE notes (id uuid); ALTER TABLE notes RENAME COLUMN id TO key;
ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO orders_key; ALTER INDEX orders_key RENAME TO orders_pkey;`,
    finds: [],
  },
  {
    rule: 'rename-table',
    name: 'names both tables',
    before,
    sql: 'ALTER TABLE orders RENAME TO purchases;',
    finds: [{ object: 'orders', message: 'Table orders is renamed to purchases' }],
  },
  {
    rule: 'rename-table',
    name: 'knows that another schema is another name',
    before,
    sql: 'ALTER TABLE orders SET SCHEMA shop; ALTER VIEW open_orders RENAME TO o;',
    finds: [
      { message: 'Table orders is moved to schema shop' },
      { message: 'View open_orders is renamed to o' },
    ],
  },
  {
    rule: 'rename-table',
    name: 'leaves alone a new table, and one whose old name stays as a view',
    before,
    sql: `CREATE TABLE notes (id uuid); ALTER TABLE notes RENAME TO remarks;
ALTER TABLE orders RENAME TO purchases;
CREATE VIEW orders WITH (security_invoker = true) AS SELECT * FROM purchases;`,
    finds: [],
  },
  {
    rule: 'rename-schema',
    name: 'names both schemas',
    sql: 'ALTER SCHEMA shop RENAME TO sales;',
    finds: [{ object: 'shop', message: 'Schema shop is renamed to sales' }],
  },
  { rule: 'rename-schema', name: 'leaves alone a new schema', sql: 'CREATE SCHEMA sales;', finds: [] },
  {
    rule: 'rename-enum-value',
    name: 'names both values',
    before: "CREATE TYPE order_status AS ENUM ('sent', 'paid');",
    sql: `ALTER TYPE order_status RENAME VALUE 'sent' TO 'shipped';`,
    finds: [{ object: 'order_status.sent', message: `'sent' of order_status is renamed to 'shipped'` }],
  },
  {
    rule: 'rename-enum-value',
    name: 'leaves alone a new type, and a new value',
    before: "CREATE TYPE order_status AS ENUM ('sent', 'paid');",
    sql: `CREATE TYPE colour AS ENUM ('red'); ALTER TYPE colour RENAME VALUE 'red' TO 'blue';
ALTER TYPE order_status ADD VALUE 'shipped';`,
    finds: [],
  },
];
