import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Catalog, type CatalogObject, keyOf } from './catalog.js';
import { compareCatalogs, isDrift } from './compare-catalogs.js';

const column = (name: string, facts: Record<string, string> = { type: 'text' }): CatalogObject => ({
  kind: 'column',
  parent: 'table notes',
  name,
  facts,
});
const table: CatalogObject = { kind: 'table', name: 'notes', facts: { owner: 'rowhouse_owner' } };
const texts = (expected: Catalog, actual: Catalog) =>
  compareCatalogs(expected, actual).map(({ text }) => text);

describe('compareCatalogs', () => {
  it('tells what is missing, what is not expected, and what differs, by name', () => {
    const expected = [table, column('title'), column('body')];
    const actual = [table, column('title', { type: 'varchar(20)' }), column('extra')];
    expect(texts(expected, actual)).toEqual([
      'table notes: column body is missing',
      'table notes: column extra is not expected',
      'table notes: column title: type is varchar(20), expected text',
    ]);
  });

  it('says none where one side has no such fact', () => {
    const withDefault = column('title', { type: 'text', default: 'now()' });
    expect(texts([column('title')], [withDefault])).toEqual([
      'table notes: column title: default is now(), expected none',
    ]);
  });

  it('tells of a missing table, not of each of its columns', () => {
    expect(texts([table, column('title')], [])).toEqual(['table notes is missing']);
    expect(texts([], [table, column('title')])).toEqual(['table notes is not expected']);
  });

  it('quotes only the first line of a body that differs', () => {
    const body = (text: string): CatalogObject => ({ kind: 'function', name: 'f()', facts: { body: text } });
    expect(texts([body('BEGIN\n  RETURN 1;\nEND')], [body('BEGIN\n  RETURN 2;\nEND')])).toEqual([
      'function f(): body, line 2 is "RETURN 2;", expected "RETURN 1;"',
    ]);
    expect(texts([body('a')], [body('a\nb')])).toEqual([
      'function f(): body, line 2 is "b", expected the end',
    ]);
  });

  it('counts the order of columns as information, and everything else as drift', () => {
    const at = (position: string) => column('title', { type: 'text', position });
    const [difference] = compareCatalogs([at('1')], [at('2')]);
    expect(difference && isDrift(difference)).toBe(false);
    expect(compareCatalogs([table], []).every(isDrift)).toBe(true);
  });

  const word = fc.constantFrom('a', 'b', 'c', 'type', 'owner', 'default');
  const object: fc.Arbitrary<CatalogObject> = fc.record(
    { kind: word, name: word, parent: word, facts: fc.dictionary(word, word) },
    { requiredKeys: ['kind', 'name', 'facts'] },
  );
  const catalog = fc.uniqueArray(object, { selector: keyOf });

  it('finds nothing between a catalogue and itself, in any order', () => {
    fc.assert(
      fc.property(catalog, (objects) => {
        expect(compareCatalogs(objects, objects.toReversed())).toEqual([]);
      }),
    );
  });

  it('finds any single change of a fact, and any object lost or added', () => {
    fc.assert(
      fc.property(
        catalog,
        fc.nat(),
        word,
        fc.option(word, { nil: undefined }),
        (objects, at, fact, value) => {
          fc.pre(objects.length > 0);
          const target = objects[at % objects.length] as CatalogObject;
          const others = objects.filter((each) => each !== target);
          expect(compareCatalogs(objects, others)).toHaveLength(1);
          expect(compareCatalogs(others, objects)).toHaveLength(1);
          const { [fact]: before, ...facts } = target.facts;
          fc.pre(before !== value);
          const mutant = { ...target, facts: value === undefined ? facts : { ...facts, [fact]: value } };
          expect(compareCatalogs(objects, [...others, mutant])).toMatchObject([{ change: 'changed', fact }]);
        },
      ),
    );
  });
});
