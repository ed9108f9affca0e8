import { beforeAll, expect, it } from '@jest/globals';
import { lintFolder } from '../../../../src/migrations/lint/engine.js';
import type { SqlFixture } from '../../../../src/migrations/lint/fixture.js';
import { allFixtures } from '../../../../src/migrations/lint/rules/fixtures.js';
import { allRules } from '../../../../src/migrations/lint/rules/index.js';
import { loadParser } from '../../../../src/migrations/sql/parser.js';
import { fixtureDay, fixtureFolder } from '../fixture-folder.js';
import { disagreements } from './disagreements.js';
import { notOurs, sameThing } from './opinions.js';
import { askSquawk } from './squawk.js';

const compared = new Set(sameThing.flatMap(({ ours }) => ours));
const steps = allFixtures.filter(
  (fixture): fixture is SqlFixture => 'sql' in fixture && compared.has(fixture.rule),
);
let opinions: Set<string>[];

beforeAll(async () => {
  await loadParser();
  opinions = await askSquawk(steps);
});

it('agrees with squawk, or says why not', () => {
  const actual = steps.flatMap((step, index): [string, string][] => {
    const pair = sameThing.find(({ ours }) => ours.includes(step.rule));
    const squawkFinds = pair?.squawk.some((rule) => opinions[index]?.has(rule)) ?? false;
    const weFind = ourRules(step).some((rule) => pair?.ours.includes(rule));
    if (squawkFinds === weFind) return [];
    return [[`${step.rule} / ${step.name}`, weFind ? 'ours' : 'squawk']];
  });
  const listed = disagreements.flatMap(({ only, steps: names }) => names.map((name) => [name, only]));
  expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(listed));
});

it('knows every rule that squawk speaks with', () => {
  const known = new Set([...Object.keys(notOurs), ...sameThing.flatMap(({ squawk }) => squawk)]);
  const spoken = new Set(opinions.flatMap((rules) => [...rules]));
  expect([...spoken].filter((rule) => !known.has(rule))).toEqual([]);
});

const ourRules = (step: SqlFixture) =>
  lintFolder(fixtureFolder(step), allRules, { now: fixtureDay }).map(({ rule }) => rule);
