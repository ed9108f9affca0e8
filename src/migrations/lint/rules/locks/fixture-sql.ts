import type { Fixture, SqlFixture } from '../../fixture.js';

/** Tables that earlier steps made, with rows in them. */
export const tablesBefore = `
  CREATE TABLE customers (id int PRIMARY KEY);
  CREATE TABLE quotes (
    id int, customer_id int, number text NOT NULL, code varchar(20), at timestamp, total numeric(10, 2), network cidr,
    proven int, loose int, CONSTRAINT quotes_proven CHECK (proven IS NOT NULL));
  CREATE INDEX quotes_number ON quotes (number);
  CREATE UNIQUE INDEX quotes_key ON quotes (number);
  CREATE UNIQUE INDEX quotes_loose ON quotes (loose);`;

export const finds = (
  rule: string,
  sql: string,
  object?: string,
  more: Partial<SqlFixture['finds'][0]> = {},
): Fixture => ({
  rule,
  name: `finds ${sql}`,
  before: tablesBefore,
  sql,
  finds: [{ ...(object !== undefined && { object }), ...more }],
});

export const quiet = (rule: string, sql: string): Fixture => ({
  rule,
  name: `leaves alone ${sql}`,
  before: tablesBefore,
  sql,
  finds: [],
});
