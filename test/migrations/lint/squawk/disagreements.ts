/** Where only one of the two finds something, and why that is right; steps as `<our rule> / <fixture>`. */
export const disagreements: { only: 'squawk' | 'ours'; reason: string; steps: string[] }[] = [
  {
    only: 'ours',
    reason: 'squawk does not look into DO blocks',
    steps: [
      'drop-table / looks into DO blocks and their branches',
      'truncate-table / also in a DO block',
      'rename-column / finds it in a DO block, in a view, and with IF EXISTS',
      'not-null-without-default / finds it in a DO block, with IF NOT EXISTS, and as a primary key',
      'index-not-concurrent / finds DO $$ BEGIN CREATE INDEX quotes_id ON quotes (id); END $$',
    ],
  },
  {
    only: 'ours',
    reason: 'squawk knows CASCADE only at TRUNCATE, and TRUNCATE only with CASCADE',
    steps: [
      'drop-cascade / finds DROP TABLE quotes CASCADE',
      'drop-cascade / finds it at columns and constraints',
      "drop-cascade / is quiet with the object's confirm",
      'truncate-table / finds each table',
    ],
  },
  {
    only: 'ours',
    reason: 'squawk has no rule for it',
    steps: [
      'concurrently-on-new-table / names the table',
      'drop-database / finds all that a role owns',
      'rename-table / knows that another schema is another name',
      'inline-unique / finds ALTER TABLE quotes ADD CONSTRAINT x EXCLUDE USING gist (number WITH =)',
      'inline-unique / finds ALTER TABLE quotes ADD PRIMARY KEY (id)',
      'set-not-null-scans / finds ALTER TABLE quotes ADD CONSTRAINT n NOT NULL customer_id',
      'set-not-null-scans / finds ALTER TABLE quotes ADD PRIMARY KEY USING INDEX quotes_loose',
      'type-change-rewrites / finds ALTER TABLE quotes ALTER COLUMN id SET EXPRESSION AS (1)',
    ],
  },
  {
    only: 'squawk',
    reason: 'the step itself creates the table or the column, so that nothing is lost and nobody waits',
    steps: [
      'drop-table / leaves alone CREATE TABLE t (id int); DROP TABLE t',
      'drop-column / leaves alone ALTER TABLE quotes ADD COLUMN fresh int; ALTER TABLE quotes DROP COLUMN fresh',
      'narrow-type / leaves a new table alone',
      'rename-column / leaves alone a new table, constraints and indexes',
      'not-null-without-default / leaves alone new tables, and columns that give a value themselves',
      'set-not-null-scans / leaves alone CREATE TABLE t (id int); ALTER TABLE t ALTER id SET NOT NULL',
      'stored-generated / leaves alone CREATE TABLE t (id int); ALTER TABLE t ADD COLUMN fresh int GENERATED ALWAYS AS (id * 2) STORED',
      'type-change-rewrites / leaves alone CREATE TABLE t (id int); ALTER TABLE t ALTER id TYPE bigint',
      'volatile-default / leaves alone CREATE TABLE t (id int); ALTER TABLE t ADD COLUMN fresh uuid DEFAULT gen_random_uuid()',
      "domain-column / leaves alone CREATE DOMAIN code AS text CHECK (VALUE <> ''); CREATE TABLE t (id int); ALTER TABLE t ADD COLUMN fresh code",
    ],
  },
  {
    only: 'squawk',
    reason: 'a view keeps the old name for the code that is still running',
    steps: ['rename-table / leaves alone a new table, and one whose old name stays as a view'],
  },
  {
    only: 'ours',
    reason: 'squawk does not look at the constraints of an added column',
    steps: ['check-validates / finds ALTER TABLE quotes ADD COLUMN n int DEFAULT 1 CHECK (n > 0)'],
  },
  {
    only: 'ours',
    reason: 'squawk knows serial only where it is the primary key',
    steps: ['serial-column / finds ALTER TABLE quotes ADD COLUMN fresh bigserial'],
  },
  {
    only: 'squawk',
    reason: 'measured: this change of type neither rewrites nor scans; squawk refuses every one',
    steps: [
      'narrow-type / leaves alone amount TYPE numeric(12, 2)',
      'narrow-type / leaves alone code TYPE text',
      'narrow-type / leaves alone code TYPE varchar(40)',
      'type-change-rewrites / leaves alone ALTER TABLE quotes ALTER COLUMN code SET DATA TYPE text USING code::text',
      'type-change-rewrites / leaves alone ALTER TABLE quotes ALTER COLUMN code TYPE varchar(40)',
      'type-change-rewrites / leaves alone ALTER TABLE quotes ALTER COLUMN network TYPE inet',
      'type-change-rewrites / leaves alone ALTER TABLE quotes ALTER COLUMN number TYPE varchar',
      'type-change-rewrites / leaves alone ALTER TABLE quotes ALTER COLUMN total TYPE numeric(12, 2)',
    ],
  },
  {
    only: 'squawk',
    reason:
      'squawk sees one file: a CHECK of an earlier step proves that no value is null, and nothing is scanned',
    steps: [
      'set-not-null-scans / leaves alone ALTER TABLE quotes ALTER proven SET NOT NULL, DROP CONSTRAINT quotes_proven',
    ],
  },
  {
    only: 'squawk',
    reason: 'a new column without a default is null in every row: there is nothing to validate',
    steps: [
      'foreign-key-validates / leaves alone ALTER TABLE quotes ADD COLUMN c int REFERENCES customers (id)',
    ],
  },
  {
    only: 'squawk',
    reason: 'the table goes in the same step, with its indexes',
    steps: ['drop-index-not-concurrent / leaves alone DROP INDEX quotes_number; DROP TABLE quotes'],
  },
  {
    only: 'squawk',
    reason: 'only a volatile default and a STORED column rewrite; squawk takes every expression for one',
    steps: [
      'stored-generated / leaves alone ALTER TABLE quotes ADD COLUMN fresh int GENERATED ALWAYS AS (id * 2) VIRTUAL',
      "volatile-default / leaves alone ALTER TABLE quotes ADD COLUMN fresh text DEFAULT CURRENT_USER || 'x'",
      'volatile-default / leaves alone CREATE FUNCTION random() RETURNS float8 LANGUAGE sql STABLE RETURN 4; ALTER TABLE quotes ADD COLUMN fresh float8 DEFAULT random()',
    ],
  },
  {
    only: 'squawk',
    reason:
      'a constant default of a domain rewrites nothing; squawk refuses every domain that holds something',
    steps: [
      "domain-column / leaves alone CREATE DOMAIN code AS text DEFAULT 'x'; ALTER TABLE quotes ADD COLUMN fresh code",
    ],
  },
  {
    only: 'ours',
    reason:
      'squawk does not look at the attributes of a type, nor whether IF NOT EXISTS has created anything',
    steps: [
      'drop-column / finds ALTER TYPE address DROP ATTRIBUTE street',
      'truncate-table / finds CREATE TABLE IF NOT EXISTS old (id int); TRUNCATE old',
    ],
  },
  {
    only: 'ours',
    reason: 'squawk does not look into the body of a function that the step creates and calls',
    steps: [
      'drop-table / finds CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE quotes; END $$; SELECT f()',
      `drop-table / finds CREATE PROCEDURE p() LANGUAGE sql AS 'DROP TABLE quotes'; CALL p()`,
    ],
  },
];
