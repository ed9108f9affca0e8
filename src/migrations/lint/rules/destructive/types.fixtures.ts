import type { Fixture } from '../../fixture.js';

const before = `CREATE TYPE mood AS ENUM ('good', 'bad');
  CREATE TABLE quotes (id bigint, note text, code varchar(20), amount numeric(10, 2), at timestamptz, mood mood, tags varchar(20)[])`;
const type = (change: string) => `ALTER TABLE quotes ALTER COLUMN ${change}`;
const narrow = (sql: string, column: string): Fixture => ({
  rule: 'narrow-type',
  name: `finds ${sql}`,
  before,
  sql: type(sql),
  finds: [{ object: `quotes.${column}`, severity: 'critical' }],
});
const wide = (sql: string): Fixture => ({
  rule: 'narrow-type',
  name: `leaves alone ${sql}`,
  before,
  sql: type(sql),
  finds: [],
});
const recreate = `ALTER TABLE quotes ALTER COLUMN mood SET DATA TYPE text; DROP TYPE mood; CREATE TYPE mood AS ENUM ('good', 'best');
  ALTER TABLE quotes ALTER COLUMN mood SET DATA TYPE mood USING mood::mood`;

export const typeFixtures: readonly Fixture[] = [
  narrow('id TYPE integer', 'id'),
  narrow('note TYPE varchar(100)', 'note'),
  narrow('code TYPE varchar(10) USING code::varchar(10)', 'code'),
  narrow('amount TYPE numeric(12, 4)', 'amount'),
  narrow('amount TYPE numeric(10, 1)', 'amount'),
  narrow('at TYPE date', 'at'),
  narrow('note TYPE uuid USING note::uuid', 'note'),
  wide('id TYPE numeric'),
  wide('code TYPE varchar(40)'),
  wide('code TYPE text'),
  wide('amount TYPE numeric(12, 2)'),
  wide('mood TYPE text'),
  wide('tags TYPE text[]'),
  {
    rule: 'narrow-type',
    name: 'leaves a new table alone',
    sql: 'CREATE TABLE t (id bigint); ALTER TABLE t ALTER id TYPE int',
    finds: [],
  },
  {
    rule: 'narrow-type',
    name: 'says so where it cannot know',
    sql: 'ALTER TABLE elsewhere ALTER id TYPE int',
    finds: [{ severity: 'error', message: 'not known' }],
  },
  {
    rule: 'recreate-enum',
    name: 'finds what drizzle-kit writes, and the lost value',
    before,
    sql: recreate,
    finds: [{ object: 'mood', message: `loses 'bad'`, statement: 2 }],
  },
  { rule: 'narrow-type', name: 'does not tell it twice', before, sql: recreate, finds: [] },
  { rule: 'drop-type', name: 'does not tell of an enum that returns', before, sql: recreate, finds: [] },
  {
    rule: 'recreate-enum',
    name: 'leaves a value more alone',
    before,
    sql: `ALTER TYPE mood ADD VALUE 'best'`,
    finds: [],
  },
];
