import { type Catalog, type CatalogObject, keyOf } from './catalog.js';
import type { Difference } from './difference.js';
import { changed, missing, unexpected } from './difference-text.js';

/** Queries name their columns, comments change nothing, and an extension's version is the server's. */
const informative = new Set(['column position', 'extension version']);
const isInformative = (kind: string, fact: string) =>
  fact === 'comment' || informative.has(`${kind} ${fact}`);

/** Pure. What a missing or unexpected object holds is not told again. */
export function compareCatalogs(expected: Catalog, actual: Catalog): Difference[] {
  const wanted = new Map(expected.map((object) => [keyOf(object), object]));
  const found = new Map(actual.map((object) => [keyOf(object), object]));
  const lost = expected.filter((object) => !found.has(keyOf(object)));
  const added = actual.filter((object) => !wanted.has(keyOf(object)));
  return [
    ...outermost(lost).map(missing),
    ...outermost(added).map(unexpected),
    ...expected.flatMap((object) => compareFacts(object, found.get(keyOf(object)))),
  ].toSorted((a, b) => (a.object < b.object ? -1 : Number(a.object > b.object)));
}

function outermost(objects: Catalog): Catalog {
  const whole = new Set(objects.map(({ kind, name }) => `${kind} ${name}`));
  return objects.filter(({ parent }) => parent === undefined || !whole.has(parent));
}

function compareFacts(expected: CatalogObject, actual: CatalogObject | undefined): Difference[] {
  if (!actual) return [];
  const facts = Object.keys({ ...expected.facts, ...actual.facts }).toSorted();
  return facts
    .filter((fact) => expected.facts[fact] !== actual.facts[fact])
    .map((fact) =>
      changed(expected, fact, actual.facts[fact], {
        isInformation: isInformative(expected.kind, fact),
      }),
    );
}

/** Without what is only information. */
export const isDrift = ({ isInformation }: Difference): boolean => !isInformation;
