import type { Fixture } from '../../fixture.js';

const before = 'CREATE TABLE quotes (id uuid PRIMARY KEY, note text)';
const data = '-- rowhouse:data\n';
const finds = [{ object: 'quotes' }];

export const rowFixtures: readonly Fixture[] = [
  { rule: 'truncate-table', name: 'finds each table', before, sql: 'TRUNCATE quotes', finds },
  {
    rule: 'truncate-table',
    name: 'also in a DO block',
    before,
    sql: 'DO $$ BEGIN TRUNCATE quotes; END $$',
    finds,
  },
  {
    rule: 'truncate-table',
    name: 'leaves a new table alone',
    sql: 'CREATE TABLE t (id int); TRUNCATE t',
    finds: [],
  },
  {
    rule: 'delete-without-where',
    name: 'finds it in a data step as well',
    before,
    sql: `${data}DELETE FROM quotes`,
    finds,
  },
  {
    rule: 'delete-without-where',
    name: 'sees through WHERE true',
    before,
    sql: 'DELETE FROM quotes WHERE true OR id IS NULL',
    finds,
  },
  {
    rule: 'delete-without-where',
    name: 'sees through WHERE 1 = 1',
    before,
    sql: 'DELETE FROM quotes WHERE 1 = 1',
    finds,
  },
  ...[
    ['in a WITH', 'WITH gone AS (DELETE FROM quotes RETURNING *) SELECT count(*) FROM gone'],
    ['in the WITH of an INSERT', 'WITH gone AS (DELETE FROM quotes RETURNING *) INSERT INTO kept TABLE gone'],
    ['behind EXPLAIN ANALYZE', 'EXPLAIN ANALYZE DELETE FROM quotes'],
    ['in a COPY', 'COPY (DELETE FROM quotes RETURNING id) TO STDOUT'],
    ['that joins and narrows nothing', 'DELETE FROM quotes USING orders'],
    ['of a MERGE', 'MERGE INTO quotes USING orders ON true WHEN MATCHED THEN DELETE'],
    [
      'of a MERGE that keeps what it finds',
      'MERGE INTO quotes q USING orders o ON o.id = q.id WHEN NOT MATCHED BY SOURCE THEN DELETE',
    ],
  ].map(([place = '', sql = '']) => ({
    rule: 'delete-without-where',
    name: `finds one ${place}`,
    before,
    sql,
    finds,
  })),
  {
    rule: 'delete-without-where',
    name: 'leaves a MERGE alone that deletes what it finds, and a function that only says so',
    before,
    sql: `MERGE INTO quotes q USING orders o ON o.id = q.id WHEN MATCHED THEN DELETE;
CREATE FUNCTION f() RETURNS void BEGIN ATOMIC DELETE FROM quotes; END`,
    finds: [],
  },
  {
    rule: 'delete-without-where',
    name: 'leaves a narrowed one alone',
    before,
    sql: `DELETE FROM quotes WHERE note = 'x'`,
    finds: [],
  },
  { rule: 'update-without-where', name: 'finds it', before, sql: `UPDATE quotes SET note = ''`, finds },
  {
    rule: 'update-without-where',
    name: 'leaves a narrowed one alone',
    before,
    sql: `UPDATE quotes SET note = '' WHERE note IS NULL`,
    finds: [],
  },
  {
    rule: 'update-without-where',
    name: 'leaves a joined one alone',
    before,
    sql: `UPDATE quotes SET note = o.note FROM orders o`,
    finds: [],
  },
  {
    rule: 'update-without-where',
    name: 'takes an allow with a reason',
    before,
    sql: `-- rowhouse:allow update-without-where reason="12 rows"\nUPDATE quotes SET note = ''`,
    finds: [],
  },
  {
    rule: 'data-in-schema-step',
    name: 'finds rows changed beside the schema',
    before,
    sql: 'ALTER TABLE quotes ADD a int; UPDATE quotes SET a = 1 WHERE a IS NULL',
    finds: [{ object: 'quotes', statement: 2 }],
  },
  {
    rule: 'data-in-schema-step',
    name: 'looks into WITH',
    before,
    sql: 'WITH gone AS (DELETE FROM quotes WHERE id IS NULL RETURNING 1) SELECT 1',
    finds,
  },
  {
    rule: 'data-in-schema-step',
    name: 'leaves a data step alone',
    before,
    sql: `${data}INSERT INTO quotes VALUES (gen_random_uuid(), 'x')`,
    finds: [],
  },
  {
    rule: 'data-in-schema-step',
    name: 'leaves the first rows of a new table alone',
    sql: 'CREATE TABLE t (id int); INSERT INTO t VALUES (1)',
    finds: [],
  },
];
