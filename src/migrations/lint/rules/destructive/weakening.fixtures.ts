import type { Fixture } from '../../fixture.js';

const before = `CREATE TABLE customers (id int PRIMARY KEY);
  CREATE TABLE quotes (id int, number text DEFAULT '' NOT NULL, customer_id int, CONSTRAINT quotes_number_unique UNIQUE (number),
    CONSTRAINT quotes_customer FOREIGN KEY (customer_id) REFERENCES customers (id), CONSTRAINT quotes_known CHECK (id > 0));
  CREATE UNIQUE INDEX quotes_live ON quotes (id); CREATE INDEX quotes_plain ON quotes (number)`;
const finds = (rule: string, sql: string, object: string): Fixture => ({
  rule,
  name: `finds ${sql}`,
  before,
  sql,
  finds: [{ object }],
});
const quiet = (rule: string, sql: string): Fixture => ({
  rule,
  name: `leaves alone ${sql}`,
  before,
  sql,
  finds: [],
});
const change = (sql: string) => `ALTER TABLE quotes ${sql}`;

export const weakeningFixtures: readonly Fixture[] = [
  finds('drop-unique', change('DROP CONSTRAINT quotes_number_unique'), 'quotes.quotes_number_unique'),
  finds('drop-unique', 'DROP INDEX quotes_live', 'quotes_live'),
  quiet('drop-unique', 'DROP INDEX quotes_plain'),
  quiet('drop-unique', 'DROP INDEX quotes_live; CREATE UNIQUE INDEX quotes_live ON quotes (id, number)'),
  finds('drop-foreign-key', change('DROP CONSTRAINT quotes_customer'), 'quotes.quotes_customer'),
  quiet('drop-foreign-key', 'ALTER TABLE quotes DROP CONSTRAINT quotes_customer; DROP TABLE quotes'),
  finds('drop-constraint', change('DROP CONSTRAINT quotes_known'), 'quotes.quotes_known'),
  quiet(
    'drop-constraint',
    change('DROP CONSTRAINT quotes_known, ADD CONSTRAINT quotes_known CHECK (id > 1) NOT VALID'),
  ),
  finds('drop-default', change('ALTER number DROP DEFAULT'), 'quotes.number'),
  quiet('drop-default', `${change('ALTER number DROP DEFAULT')}; ${change(`ALTER number SET DEFAULT 'x'`)}`),
  finds('drop-not-null', change('ALTER number DROP NOT NULL'), 'quotes.number'),
  quiet('drop-not-null', change('ALTER number SET NOT NULL')),
  finds('drop-trigger', 'DROP TRIGGER watch ON quotes', 'quotes.watch'),
  quiet(
    'drop-trigger',
    'DROP TRIGGER watch ON quotes; CREATE TRIGGER watch AFTER DELETE ON quotes EXECUTE FUNCTION f()',
  ),
  finds('drop-view', 'DROP VIEW open_quotes', 'open_quotes'),
  quiet('drop-view', 'DROP VIEW open_quotes; CREATE VIEW open_quotes AS SELECT 1'),
  finds('drop-function', 'DROP FUNCTION total(int)', 'total'),
  quiet(
    'drop-function',
    'DROP FUNCTION total(int); CREATE FUNCTION total(int) RETURNS int LANGUAGE sql RETURN 1',
  ),
];
