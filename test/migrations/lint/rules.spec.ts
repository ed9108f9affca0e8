import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Expected, Fixture } from '../../../src/migrations/lint/fixture.js';
import { lintFolder } from '../../../src/migrations/lint/engine.js';
import type { Finding } from '../../../src/migrations/lint/rule.js';
import { allFixtures } from '../../../src/migrations/lint/rules/fixtures.js';
import { allRuleTexts, allRules } from '../../../src/migrations/lint/rules/index.js';
import { loadParser } from '../../../src/migrations/sql/parser.js';
import { parseSql } from '../../../src/migrations/sql/parse.js';
import { fixtureDay, fixtureFolder } from './fixture-folder.js';

beforeAll(loadParser);

const fixturesOf = (id: string) => allFixtures.filter(({ rule }) => rule === id);

describe.each(allRuleTexts.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('has examples of both kinds, and words that help', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(rule.title).toMatch(/[^.]$/);
    expect(rule.why).toMatch(/\.$/);
    expect(fixturesOf(id).some(({ finds }) => finds.length > 0)).toBe(true);
    expect(fixturesOf(id).some(({ finds }) => finds.length === 0)).toBe(true);
  });

  it('has a safe rewrite that PostgreSQL can read, or that is a command', () => {
    if (/^(npm|git) /.test(rule.rewrite)) return;
    expect(() => parseSql(rule.rewrite)).not.toThrow();
  });

  it.each(fixturesOf(id).map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    expect(findingsOf(fixture)).toEqual(fixture.finds.map(matcher));
  });
});

it('has no two rules of one name, and no fixture without a rule', () => {
  const ids = allRuleTexts.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  expect(allFixtures.filter(({ rule }) => !ids.includes(rule))).toEqual([]);
});

const findingsOf = (fixture: Fixture) => {
  const drift = 'schemaDrift' in fixture && fixture.schemaDrift;
  const options = { now: fixtureDay, ...(drift && { schemaDrift: drift }) };
  return lintFolder(fixtureFolder(fixture), allRules, options).filter(
    ({ rule, accepted }) => rule === fixture.rule && accepted === undefined,
  );
};

function matcher({ message, line, column, ...same }: Expected): Finding {
  return expect.objectContaining({
    ...same,
    ...(message && { message: expect.stringContaining(message) }),
    ...((line || column) && {
      position: expect.objectContaining({ ...(line && { line }), ...(column && { column }) }),
    }),
  }) as unknown as Finding;
}
