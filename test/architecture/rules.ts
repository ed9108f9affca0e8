import {
  MAY_IMPORT,
  MAY_IMPORT_ALL,
  NEVER_SERVED,
  OWNERS,
  READ_BY_JEST,
  SECOND_DOORS,
  TABLES_DOOR,
} from './house.js';
import { type Import, roomOf } from './imports.js';

/** A rule takes all imports and answers those that break it, in words. */
export type Rule = (imports: Import[]) => string[];

export const onlyDownwards: Rule = (imports) =>
  betweenRooms(imports)
    .filter(({ from }) => !MAY_IMPORT_ALL.includes(roomOf(from)))
    .filter(({ from, to }) => !MAY_IMPORT[roomOf(from)]?.includes(roomOf(to)))
    .map(({ from, to }) => `${from} imports ${to}: ${roomOf(from)} may not import ${roomOf(to)}`);

export const onlyThroughIndex: Rule = (imports) =>
  betweenRooms(imports)
    .filter(({ to }) => roomOf(to) !== '(root)' && !isDoor(to))
    .map(({ from, to }) => `${from} imports ${to}: use ${indexOf(to)}`);

/** ESM makes a cycle through the index fatal at load. */
export const neverTheOwnIndex: Rule = (imports) =>
  imports
    .filter(({ from, to }) => roomOf(from) !== '(root)' && to === indexOf(from) && from !== to)
    .map(({ from, to }) => `${from} imports its own ${to}`);

/** Each knot of files that reach one another is told once. Type-only imports count: they tie the rooms together as well. */
export const noCycles: Rule = (imports) => {
  const targets = Map.groupBy(imports, ({ from }) => from);
  const reached = new Map([...targets.keys()].map((file) => [file, reachableFrom(file, targets)]));
  const inCycle = [...reached].filter(([file, files]) => files.has(file));
  const knots = inCycle.map(([file, files]) =>
    [...files]
      .filter((other) => reached.get(other)?.has(file))
      .sort()
      .join(', '),
  );
  return [...new Set(knots)].map((knot) => `These import each other: ${knot}`);
};

export const packagesAtTheirOwners: Rule = (imports) =>
  imports
    .filter(({ isPackage, from, to }) => isPackage && !OWNERS[to]?.includes(roomOf(from)))
    .map(
      ({ from, to }) =>
        `${from} imports ${to}: ${to in OWNERS ? `belongs to ${OWNERS[to]?.join(', ')}` : 'nobody owns it'}`,
    );

export const nobodyServesTests: Rule = (imports) =>
  betweenRooms(imports)
    .filter(({ to }) => NEVER_SERVED.includes(roomOf(to)))
    .map(({ from, to }) => `${from} imports ${to}, which is for tests only`);

/** They are missing in production. `local` and `testing` never run there, and types are gone by then. */
export const nothingOfDevelopment: Rule = (imports) =>
  imports
    .filter(
      ({ isDevelopment, isTypeOnly, from }) =>
        isDevelopment && !isTypeOnly && !['local', 'testing'].includes(roomOf(from)),
    )
    .map(({ from, to }) => `${from} imports ${to}, which is not among the dependencies`);

/** By the text of a file. */
export const faultsOfText = (file: string, text: string): string[] => [
  ...(text.trimEnd().split('\n').length > MAX_LINES ? [`${file} has more than ${MAX_LINES} lines`] : []),
  ...(!READ_BY_JEST.includes(file) && /^export default\b|^export \{[^}]*\bas default\b/m.test(text)
    ? [`${file} has a default export`]
    : []),
];

const MAX_LINES = 300;

const betweenRooms = (imports: Import[]) =>
  imports.filter(({ isPackage, from, to }) => !isPackage && roomOf(from) !== roomOf(to));
const isDoor = (file: string) =>
  file === indexOf(file) || TABLES_DOOR.test(file) || SECOND_DOORS.includes(file);
const indexOf = (file: string) => `src/${roomOf(file)}/index.ts`;

function reachableFrom(start: string, targets: Map<string, Import[]>): Set<string> {
  const seen = new Set<string>();
  const waiting = [start];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const next = (targets.get(file) ?? []).map(({ to }) => to).filter((to) => !seen.has(to));
    for (const to of next) seen.add(to);
    waiting.push(...next);
  }
  return seen;
}
