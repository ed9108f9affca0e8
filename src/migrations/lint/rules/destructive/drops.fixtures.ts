import type { Fixture } from '../../fixture.js';

const before = `CREATE TABLE quotes (tenant_id uuid NOT NULL, id uuid NOT NULL, note text, PRIMARY KEY (tenant_id, id));
  CREATE TABLE orders (id uuid PRIMARY KEY); CREATE TYPE mood AS ENUM ('a', 'b');`;

const pairs: [rule: string, object: string, bad: string, good: string][] = [
  ['drop-schema', 'reporting', 'DROP SCHEMA reporting', 'CREATE SCHEMA s; DROP SCHEMA s'],
  ['drop-table', 'quotes', 'DROP TABLE "quotes"', 'CREATE TABLE t (id int); DROP TABLE t'],
  ['drop-type', 'mood', 'DROP TYPE mood', `CREATE TYPE t AS ENUM ('a'); DROP TYPE t`],
  ['drop-sequence', 'numbers', 'DROP SEQUENCE numbers', 'CREATE SEQUENCE s; DROP SEQUENCE s'],
  ['drop-materialized-view', 'turnover', 'DROP MATERIALIZED VIEW turnover', 'DROP VIEW turnover'],
  [
    'drop-column',
    'quotes.note',
    'ALTER TABLE quotes DROP COLUMN note',
    'ALTER TABLE quotes ADD COLUMN fresh int; ALTER TABLE quotes DROP COLUMN fresh',
  ],
  ['drop-database', 'old', 'DROP DATABASE old', 'CREATE TABLE old (id int)'],
  ['drop-cascade', 'quotes', 'DROP TABLE quotes CASCADE', 'DROP TABLE quotes'],
];

export const dropFixtures: readonly Fixture[] = [
  ...pairs.map(([rule, object, sql]): Fixture => ({
    rule,
    name: `finds ${sql}`,
    before,
    sql,
    finds: [{ object, severity: 'critical' }],
  })),
  // Each of them may have been there before: then nothing is created, and all of it is dropped.
  ...[
    ['drop-table', 'old', 'CREATE TABLE IF NOT EXISTS old (id int); DROP TABLE old'],
    [
      'drop-table',
      'old',
      'DO $$ BEGIN IF false THEN CREATE TABLE old (id int); END IF; END $$; DROP TABLE old',
    ],
    ['drop-schema', 'old', 'CREATE SCHEMA IF NOT EXISTS old; DROP SCHEMA old'],
    ['drop-sequence', 'old', 'CREATE SEQUENCE IF NOT EXISTS old; DROP SEQUENCE old'],
    [
      'drop-column',
      'quotes.note',
      'ALTER TABLE quotes ADD COLUMN IF NOT EXISTS note text; ALTER TABLE quotes DROP COLUMN note',
    ],
    ['truncate-table', 'old', 'CREATE TABLE IF NOT EXISTS old (id int); TRUNCATE old'],
    [
      'drop-table',
      'quotes',
      'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE quotes; END $$; SELECT f()',
    ],
    ['drop-table', 'quotes', `CREATE PROCEDURE p() LANGUAGE sql AS 'DROP TABLE quotes'; CALL p()`],
    ['drop-table', 'status', `DROP TABLE status; CREATE TYPE status AS ENUM ('a')`],
    ['drop-column', 'address.street', 'ALTER TYPE address DROP ATTRIBUTE street'],
  ].map(([rule = '', object = '', sql = '']): Fixture => ({
    rule,
    name: `finds ${sql}`,
    before,
    sql,
    finds: [{ object, severity: 'critical' }],
  })),
  ...pairs.map(([rule, , , sql]): Fixture => ({ rule, name: `leaves alone ${sql}`, before, sql, finds: [] })),
  ...pairs.map(([rule, object, sql]): Fixture => ({
    rule,
    name: `is quiet with the object's confirm`,
    before,
    sql: `-- rowhouse:confirm ${rule} ${object} reason="agreed"\n${sql}`,
    finds: [],
  })),
  {
    rule: 'drop-table',
    name: 'names each table, with its schema where it is not public',
    before,
    sql: 'DROP TABLE IF EXISTS quotes, public.orders, billing.invoices',
    finds: [{ object: 'quotes' }, { object: 'orders' }, { object: 'billing.invoices' }],
  },
  {
    rule: 'drop-table',
    name: 'looks into DO blocks and their branches',
    before,
    sql: 'DO $$ BEGIN IF true THEN DROP TABLE quotes; END IF; END $$',
    finds: [{ object: 'quotes' }],
  },
  {
    rule: 'drop-table',
    name: 'finds a table that is dropped and created anew under its name',
    before,
    sql: 'DROP TABLE quotes; CREATE TABLE quotes (id int)',
    finds: [{ object: 'quotes', statement: 1 }],
  },
  {
    rule: 'drop-cascade',
    name: 'finds it at columns and constraints',
    before,
    sql: 'ALTER TABLE quotes DROP COLUMN note CASCADE, DROP CONSTRAINT quotes_pkey CASCADE',
    finds: [{ object: 'quotes.note' }, { object: 'quotes.quotes_pkey' }],
  },
  {
    rule: 'drop-database',
    name: 'finds all that a role owns',
    sql: 'DROP OWNED BY reporter',
    finds: [{ object: 'reporter' }],
  },
  {
    rule: 'drop-column',
    name: 'takes no allow for what destroys',
    before,
    sql: '-- rowhouse:allow drop-column reason="no"\nALTER TABLE quotes DROP note',
    finds: [{ object: 'quotes.note' }],
  },
  {
    rule: 'drop-cascade',
    name: 'leaves alone the CASCADE that drizzle-kit writes at a policy',
    before,
    sql: 'DROP POLICY own ON quotes CASCADE',
    finds: [],
  },
];
