import { beforeAll, expect, it } from '@jest/globals';
import { loadParser } from '../../../sql/parser.js';
import { parseSql } from '../../../sql/parse.js';
import { additions } from './syntax-by-major.js';

beforeAll(loadParser);

it.each(additions.map((addition) => [addition.name, addition] as const))('knows %s', (_, addition) => {
  const [statement] = parseSql(addition.example).statements;
  const found = additions.filter(({ isIn }) => statement && isIn(statement.node));
  expect(found).toContain(addition);
  expect(Math.max(...found.map(({ since }) => since))).toBe(addition.since);
});
