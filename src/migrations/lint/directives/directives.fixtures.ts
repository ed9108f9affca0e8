import type { Fixture } from '../fixture.js';

const before = 'CREATE TABLE orders (id uuid PRIMARY KEY, note text); CREATE TABLE drafts (id uuid);';
const addNote = 'ALTER TABLE orders ADD COLUMN a int NOT NULL;';
const allowed = `-- rowhouse:allow not-null-without-default reason="empty everywhere"\n${addNote}`;
const confirmed =
  '-- rowhouse:confirm drop-table drafts reason="nobody reads it"\nDROP TABLE "public"."drafts";';

export const directivesFixtures: readonly Fixture[] = [
  {
    rule: 'unknown-directive',
    name: 'finds a name with a typing mistake, or none',
    before,
    sql: `-- rowhouse:alow not-null-without-default reason="x"\n${addNote}\n-- rowhouse: data`,
    finds: [
      { message: '"alow" is none of', line: 1 },
      { message: '"" is none of', line: 3 },
    ],
  },
  { rule: 'unknown-directive', name: 'leaves alone a name that is known', before, sql: allowed, finds: [] },
  {
    rule: 'malformed-directive',
    name: 'finds a word or an option too many, or one that is missing',
    before,
    sql: `-- rowhouse:no-transaction please
-- rowhouse:assert-empty
-- rowhouse:expanded-by 0007_later
-- rowhouse:allow not-null-without-default it is empty
-- rowhouse:allow not-null-without-default reason="x" untill=2027-01-31
-- rowhouse:confirm drop-table reason="x"
SELECT 1;`,
    finds: [
      { message: '"please" is one word too many', line: 1 },
      { message: 'It lacks <table>', line: 2 },
      { message: '"0007_later" is no step before this one', line: 3 },
      { message: 'a reason stands in double quotes', line: 4 },
      { message: 'It takes no untill=', line: 5 },
      { message: 'It lacks <object>', line: 6 },
    ],
  },
  {
    rule: 'malformed-directive',
    name: 'leaves alone the whole form of each',
    before,
    sql: `-- rowhouse:data
-- rowhouse:assert-empty public.drafts
-- rowhouse:expanded-by 0000_before
-- rowhouse:irreversible reason="the rows are gone"
${confirmed}`,
    finds: [],
  },
  {
    rule: 'directive-without-reason',
    name: 'finds no reason, or an empty one',
    before,
    sql: `-- rowhouse:allow not-null-without-default\n${addNote}
-- rowhouse:confirm drop-table drafts reason=" "\nDROP TABLE drafts;\n-- rowhouse:irreversible`,
    finds: [
      { message: '"allow" says no reason', line: 1 },
      { message: '"confirm" says no reason', line: 3 },
      { message: '"irreversible" says no reason', line: 5 },
    ],
  },
  {
    rule: 'directive-without-reason',
    name: 'leaves alone what says a reason',
    before,
    sql: allowed,
    finds: [],
  },
  {
    rule: 'directive-unknown-rule',
    name: 'finds a rule that does not exist',
    before,
    sql: `-- rowhouse:allow not-null-no-default reason="x"\n${addNote}`,
    finds: [{ message: 'There is no rule "not-null-no-default"; is it not-null-without-default?', line: 1 }],
  },
  {
    rule: 'directive-unknown-rule',
    name: 'leaves alone a rule that exists',
    before,
    sql: allowed,
    finds: [],
  },
  {
    rule: 'directive-expired',
    name: 'finds a day that is over, and one that is no day',
    before,
    sql: `-- rowhouse:allow not-null-without-default reason="x" until=2026-11-20\n${addNote}
-- rowhouse:allow not-null-without-default reason="x" until=2026-02-30\n${addNote}`,
    finds: [
      { message: 'ended on 2026-11-20', line: 1 },
      { message: '"2026-02-30" is no date', line: 3 },
    ],
  },
  {
    rule: 'directive-expired',
    name: 'leaves alone the last day itself',
    before,
    sql: `-- rowhouse:allow not-null-without-default reason="x" until=2026-11-21\n${addNote}`,
    finds: [],
  },
  {
    rule: 'unused-directive',
    name: 'finds an exception for nothing, for another statement, for another object, and twice',
    before,
    sql: `-- rowhouse:allow not-null-without-default reason="x"
ALTER TABLE orders ADD COLUMN a int;
${addNote} -- rowhouse:allow not-null-without-default reason="x"
-- rowhouse:confirm drop-table orders reason="x"
DROP TABLE drafts;
${allowed.replace('\n', `\n${allowed.split('\n')[0]}\n`)}`,
    finds: [
      { message: 'The statement below breaks no rule', line: 1 },
      { message: 'The statement below breaks no rule', line: 3 },
      { message: 'is about drafts, not about orders', line: 4 },
      { message: 'breaks no rule', line: 7 },
    ],
  },
  {
    rule: 'unused-directive',
    name: 'leaves alone an exception that covers its statement',
    before,
    sql: `${allowed}\n${confirmed}`,
    finds: [],
  },
  {
    rule: 'directive-wrong-key',
    name: 'finds allow for what destroys, confirm for what does not',
    before,
    sql: `-- rowhouse:allow drop-table reason="x"
DROP TABLE drafts;
-- rowhouse:confirm not-null-without-default orders.a reason="x"
${addNote}`,
    finds: [
      { message: 'write: -- rowhouse:confirm drop-table drafts', line: 1 },
      { message: 'write: -- rowhouse:allow not-null-without-default', line: 3 },
    ],
  },
  {
    rule: 'directive-wrong-key',
    name: 'leaves alone the right keys',
    before,
    sql: `${allowed}\n${confirmed}`,
    finds: [],
  },
];
