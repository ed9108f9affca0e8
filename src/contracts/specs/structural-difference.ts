import { pause } from './document/pause.js';
import { isObject } from './schema/dialect.js';
import { escapeToken } from './schema/json-pointer.js';

export const DIFFERENCE_KINDS = ['added', 'removed', 'changed'] as const;

/** One place where two documents differ. */
export class Difference {
  /** A JSON pointer. @example /paths/~1orders/get/parameters/limit in query */
  path!: string;
  kind!: (typeof DIFFERENCE_KINDS)[number];
  /** A short text of what is there, or was. */
  before?: string;
  after?: string;
}

const MAX_DIFFERENCES = 100;
const MAX_SHOWN = 120;
const MAX_PATH = 500;

/**
 * Where `after` differs from `before`, as far as somebody would read on: objects key by key, lists whose order means
 * nothing (parameters, `required`, `enum`, `tags`) by what they hold, others by position. Whole operations and schemas that
 * are new or gone are one difference.
 */
export async function structuralDifference(before: unknown, after: unknown): Promise<Difference[]> {
  const rest = pause();
  const found: Difference[] = [];
  const waiting: [path: string, before: unknown, after: unknown][] = [['', before, after]];
  for (let next = waiting.pop(); next && found.length < MAX_DIFFERENCES; next = waiting.pop()) {
    const turn = rest();
    if (turn) await turn;
    const [path, old, now] = next;
    if (Object.is(old, now)) continue;
    const [members, others] = [membersOf(old), membersOf(now)];
    if (members && others && Array.isArray(old) === Array.isArray(now)) {
      const names = [...new Set([...members.keys(), ...others.keys()])].toReversed();
      for (const name of names)
        waiting.push([`${path}/${escapeToken(name)}`, members.get(name), others.get(name)]);
    } else found.push(differenceOf(path.slice(0, MAX_PATH), old, now));
  }
  return found;
}

/** By name; undefined: it has no members. */
function membersOf(value: unknown): Map<string, unknown> | undefined {
  if (isObject(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value)) return undefined;
  const names = value.map(nameOf);
  const areNames = names.every((name) => name !== undefined) && new Set(names).size === names.length;
  return new Map(value.map((item: unknown, index) => [areNames ? names[index]! : String(index), item]));
}

/** What an item of a list is known by, wherever in the list it stands. */
function nameOf(item: unknown): string | undefined {
  if (typeof item === 'string') return item;
  if (!isObject(item)) return undefined;
  const { $ref, name, in: place } = item;
  if (typeof $ref === 'string') return $ref;
  if (typeof name !== 'string') return undefined;
  return typeof place === 'string' ? `${name} in ${place}` : name;
}

function differenceOf(path: string, before: unknown, after: unknown): Difference {
  if (before === undefined) return { path, kind: 'added', after: shown(after) };
  if (after === undefined) return { path, kind: 'removed', before: shown(before) };
  return { path, kind: 'changed', before: shown(before), after: shown(after) };
}

/** Without writing all of a large value first. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length} items]`;
  if (isObject(value)) return `{${Object.keys(value).slice(0, 10).join(', ')}}`.slice(0, MAX_SHOWN);
  return JSON.stringify(typeof value === 'string' ? value.slice(0, MAX_SHOWN) : value).slice(0, MAX_SHOWN);
}
