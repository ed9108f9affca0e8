import type { CatalogObject } from './catalog.js';
import type { Difference } from './difference.js';

export const missing = (object: CatalogObject): Difference => ({
  change: 'missing',
  ...placeOf(object),
  isInformation: false,
  text: `${subjectOf(object)} is missing`,
});

export const unexpected = (object: CatalogObject): Difference => ({
  change: 'unexpected',
  ...placeOf(object),
  isInformation: false,
  text: `${subjectOf(object)} is not expected`,
});

export function changed(
  object: CatalogObject,
  fact: string,
  actual: string | undefined,
  { isInformation }: { isInformation: boolean },
): Difference {
  const expected = object.facts[fact];
  return {
    change: 'changed',
    ...placeOf(object),
    fact,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    isInformation,
    text: `${subjectOf(object)}: ${fact}${comparison(expected ?? 'none', actual ?? 'none')}`,
  };
}

const placeOf = (object: CatalogObject) => ({
  kind: object.kind,
  name: object.name,
  object: subjectOf(object),
});

const subjectOf = ({ kind, parent, name }: CatalogObject) => `${parent ? `${parent}: ` : ''}${kind} ${name}`;

/** Of a body only the first line that differs: a reader needs the place, not the whole twice. */
function comparison(expected: string, actual: string): string {
  const [wanted, found] = [expected.split('\n'), actual.split('\n')];
  if (wanted.length === 1 && found.length === 1) return ` is ${actual}, expected ${expected}`;
  const line = wanted.findIndex((text, index) => text !== found[index]);
  const at = line < 0 ? wanted.length : line;
  return `, line ${at + 1} is ${quote(found[at])}, expected ${quote(wanted[at])}`;
}

const quote = (text: string | undefined) => (text === undefined ? 'the end' : `"${text.trim()}"`);
