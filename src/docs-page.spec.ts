import { describe, expect, it } from '@jest/globals';
import { pageOptions } from './docs-page.js';

const { opsFilter } = pageOptions('test').plugins[0]!.fn;
const { isShown } = pageOptions('test').plugins[0]!.statePlugins.layout.wrapSelectors;

it('keeps the key that was pasted, except where the page shares its browser storage with a real service', () => {
  expect(pageOptions('development').persistAuthorization).toBe(true);
  expect(pageOptions('production').persistAuthorization).toBe(false);
});

describe('the box that finds routes', () => {
  it.each([
    ['rotate', ['/v1/api-keys/{id}/rotate']],
    ['MAKE key', ['/v1/api-keys']],
    ['quotes', ['/v1/quotes', '/v1/quotes/{id}/send']],
    ['post quotes send', ['/v1/quotes/{id}/send']],
    ['nowhere', []],
  ])('finds %j in sections, methods, paths and summaries', (phrase, found) => {
    expect(pathsOf(opsFilter(sections() as never, phrase))).toEqual(found);
  });

  it('opens the sections of what it found, and none while it is empty', () => {
    const state = (filter: unknown) => ({ get: () => filter });
    const shown = (filter: unknown, thing: string[]) => isShown(() => false)(state(filter), thing, false);
    expect(shown('rotate', ['operations-tag', 'API keys'])).toBe(true);
    expect(shown('rotate', ['operations', 'API keys', 'ApiKeys_rotate'])).toBe(false);
    for (const empty of ['', 'true', true, null]) expect(shown(empty, ['operations-tag', 'Me'])).toBe(false);
  });
});

/** As Swagger UI has them, in Immutable's maps. */
function sections() {
  const route = (method: string, path: string, summary: string) => ({
    get: (name: 'method' | 'path') => ({ method, path })[name],
    getIn: () => summary,
  });
  return keyed([
    [
      'API keys',
      section([
        route('post', '/v1/api-keys', 'Make an API key'),
        route('post', '/v1/api-keys/{id}/rotate', 'Issue a new secret'),
      ]),
    ],
    [
      'Quotes',
      section([
        route('get', '/v1/quotes', 'List your quotes'),
        route('post', '/v1/quotes/{id}/send', 'Send it'),
      ]),
    ],
  ]);
}

interface Section {
  get(): Sized;
  set(name: 'operations', operations: Sized): Section;
}
interface Keyed {
  entries: [string, Section][];
  map(change: (section: Section, name: string) => Section): Keyed;
  filter(keep: (section: Section) => boolean): Keyed;
}
type Sized = unknown[] & { size: number; filter(keep: (item: never) => boolean): Sized };

const sized = (items: unknown[]): Sized =>
  Object.assign([...items], {
    size: items.length,
    filter: (keep: (item: never) => boolean) => sized(items.filter((item) => keep(item as never))),
  });
const section = (operations: unknown[]): Section => ({
  get: () => sized(operations),
  set: (_, changed) => section([...changed]),
});
const keyed = (entries: [string, Section][]): Keyed => ({
  entries,
  map: (change) => keyed(entries.map(([name, item]) => [name, change(item, name)])),
  filter: (keep) => keyed(entries.filter(([, item]) => keep(item))),
});
const pathsOf = (found: unknown) =>
  (found as Keyed).entries.flatMap(([, item]) =>
    [...item.get()].map((route) => (route as { get(name: string): string }).get('path')),
  );
