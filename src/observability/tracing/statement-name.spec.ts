import { describe, expect, it } from '@jest/globals';
import { nameStatement } from './statement-name.js';

describe('the name of a statement', () => {
  it.each([
    ['select "id" from "notes" where "id" = $1', 'SELECT', 'notes'],
    ['insert into "api_keys" ("id") values ($1)', 'INSERT', 'api_keys'],
    ['update "notes" set "title" = $1', 'UPDATE', 'notes'],
    ['delete from "notes"', 'DELETE', 'notes'],
    ['  (select 1)', 'SELECT', undefined],
    ['savepoint sp1', 'SAVEPOINT', undefined],
    ['with a as (select 1) select * from a', 'WITH', 'a'],
    ['', 'QUERY', undefined],
  ])('of %j is %s %s', (text, operation, table) => {
    expect(nameStatement(text)).toEqual({ operation, table });
  });
});
