import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lintFolder } from '../../../src/migrations/lint/engine.js';
import { allRules } from '../../../src/migrations/lint/rules/index.js';
import { readDirective } from '../../../src/migrations/sql/directive.js';
import { loadParser } from '../../../src/migrations/sql/parser.js';
import { fixtureDay, folderOf, sqlFile } from './fixture-folder.js';

beforeAll(loadParser);

const tags = Array.from({ length: 6 }, (_, index) => `000${index}_step`);
const whole = () => folderOf(tags.map((tag) => ({ tag, sql: `CREATE TABLE t${tag} (id int);`, schema: '' })));
const errors = (folder: ReturnType<typeof whole>) =>
  lintFolder(folder, allRules, { now: fixtureDay }).filter(({ severity }) => severity !== 'warning');

describe('a folder', () => {
  it('without a fault has no finding', () => expect(errors(whole())).toEqual([]));

  it('is never taken for sound after entries of its journal were removed, doubled or moved', () => {
    const otherJournal = fc
      .array(fc.nat({ max: tags.length - 1 }), { maxLength: tags.length + 2 })
      .filter((order) => order.length !== tags.length || order.some((at, index) => at !== index));
    fc.assert(
      fc.property(otherJournal, (order) => {
        const folder = whole();
        const journal = order.flatMap((at) => folder.journal?.[at] ?? []);
        expect(errors({ ...folder, journal })).not.toEqual([]);
      }),
    );
  });

  it('is never taken for sound after one character of an applied file changed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...tags), fc.nat(), fc.string({ maxLength: 1 }), (tag, seed, put) => {
        const folder = whole();
        const name = `${tag}.sql`;
        const text = folder.files.get(name)?.text ?? '';
        const at = seed % text.length;
        const changed = text.slice(0, at) + put + text.slice(at + 1);
        fc.pre(changed !== text);
        const files = new Map([...folder.files, [name, sqlFile(name, changed)]]);
        expect(errors({ ...folder, files })).not.toEqual([]);
      }),
    );
  });

  it('of any bytes is judged and never thrown over', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (sql, sums) => {
        const folder = whole();
        const files = new Map([...folder.files, ['0002_step.sql', sqlFile('0002_step.sql', sql)]]);
        expect(() => errors({ ...folder, files, sums })).not.toThrow();
      }),
    );
  });
});

it('a directive is read as it was written', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9_.-]*$/);
  const reason = fc.string({ unit: 'grapheme' }).filter((text) => !/[\n\r\u2028\u2029]/.test(text));
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z-]+$/), fc.array(word), reason, (name, words, text) => {
      const quoted = text.replaceAll(/["\\]/g, String.raw`\$&`);
      const written = `-- rowhouse:${[name, ...words].join(' ')} reason="${quoted}" until=2027-01-31`;
      expect(readDirective(written, { line: 1, column: 1 })).toEqual({
        name,
        words,
        options: { reason: text, until: '2027-01-31' },
        position: { line: 1, column: 1 },
      });
    }),
  );
});
