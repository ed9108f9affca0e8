import fc from 'fast-check';
import { hostileText, hostileValue } from './hostile.js';

interface Mutation {
  /** Which of the values inside. */
  at: number;
  kind: 'replace' | 'delete' | 'add' | 'wrap' | 'copy';
  name: string;
  value: unknown;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(1_000),
  kind: fc.constantFrom('replace', 'replace', 'replace', 'delete', 'add', 'wrap', 'copy'),
  name: hostileText,
  value: hostileValue,
});

/** A valid body as it is, or with up to three of its values, at any depth, made into something else. */
export const mutated = (body: unknown): fc.Arbitrary<unknown> =>
  fc.array(mutation, { maxLength: 3 }).map((mutations) => mutations.reduce(apply, copyOf(body)));

function apply(body: unknown, { at, kind, name, ...given }: Mutation): unknown {
  const value = copyOf(given.value);
  const places = placesOf(body);
  const place = places[at % places.length];
  if (!place) return kind === 'delete' ? {} : value;
  const { holder, key } = place;
  if (kind === 'replace') holder[key] = value;
  else if (kind === 'delete') delete holder[key];
  else if (kind === 'wrap') holder[key] = [holder[key]];
  else if (kind === 'add') holder[name] = value;
  else {
    const other = places[(at + 1) % places.length]!;
    holder[key] = copyOf(other.holder[other.key]);
  }
  return body;
}

interface Place {
  holder: Record<string, unknown>;
  key: string;
}

const MAX_PLACES = 500;

function placesOf(body: unknown): Place[] {
  const places: Place[] = [];
  const waiting = [body];
  for (
    let value = waiting.shift();
    value !== undefined && places.length < MAX_PLACES;
    value = waiting.shift()
  ) {
    if (!isContainer(value)) continue;
    const holder = value as Record<string, unknown>;
    for (const key of Object.keys(holder)) places.push({ holder, key });
    waiting.push(...Object.values(holder));
  }
  return places;
}

/** The parts are changed, and the generator will give the same value again. */
function copyOf(value: unknown): unknown {
  if (!isContainer(value)) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}

/** Of the frozen objects of `JSON.rawJSON` only the text counts. */
const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Object.isFrozen(value);
