import { beforeAll, expect, it } from '@jest/globals';
import { lintFolder } from '../../../src/migrations/lint/engine.js';
import { allRules } from '../../../src/migrations/lint/rules/index.js';
import { loadParser } from '../../../src/migrations/sql/parser.js';
import { fixtureDay, fixtureFolder } from './fixture-folder.js';

beforeAll(loadParser);

/** They show two statements of one file that belong into two steps. */
const severalSteps = new Set(['validate-in-one-transaction', 'work-after-exclusive-lock']);

it('proposes no rewrite that the same rule would stop again', () => {
  const stopped = allRules
    .filter(
      ({ id, group, rewrite }) =>
        ['destructive', 'tenancy', 'locks'].includes(group) &&
        !rewrite.startsWith('npm ') &&
        !severalSteps.has(id),
    )
    .flatMap(({ id, rewrite }) =>
      lintFolder(fixtureFolder({ rule: id, name: '', sql: rewrite, finds: [] }), allRules, {
        now: fixtureDay,
      })
        .filter(
          ({ rule, severity, accepted }) => rule === id && severity !== 'warning' && accepted === undefined,
        )
        .map(({ message }) => `${id}: ${message}`),
    );
  expect(stopped).toEqual([]);
});
