import type { Choices } from './choices.js';
import type { Column, Table } from './catalogue.js';
import { TENANTS } from './fill.js';

/** Rows of each table and tenant: few, since queries join them without a condition too. */
const ROWS = 8;
/** Half of a tenant's ids are ids of its neighbour as well. */
const SHARED = ROWS / 2;

/** The `n`th id. */
export const idNumber = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/**
 * Rows of one tenant for one table, in the values of which neighbours are alike wherever walls allow: in ids, in unique
 * values, in keys of parents. What only one `side` has is told by `OWN_WORDS` and `OWN_NUMBERS`.
 */
export const randomRows = (table: Table, side: Side, choices: Choices): Row[] =>
  Array.from({ length: ROWS }, (_, n) => ({ ...randomRow(table, side, choices), id: idOf(side, n) }));

export type Side = 0 | 1;
export type Row = Record<string, unknown>;

/** A row that may well be there already, or whose parents are not. */
export function randomRow(table: Table, side: Side, choices: Choices): Row {
  const row = table.columns.map((column) => [column.name, valueOf(table, column, side, choices)]);
  return { ...Object.fromEntries(row), tenant_id: TENANTS[side], id: idOf(side, choices.below(ROWS)) };
}

/** Words that both tenants use, and then for each side those that only it does. */
export const WORDS = ['a', 'b', 'c'];
export const OWN_WORDS = [
  ['acme 1', 'acme 2', 'acme 3'],
  ['globex 1', 'globex 2', 'globex 3'],
] as const;
export const OWN_NUMBERS = [
  [101, 102],
  [201, 202],
] as const;

const idOf = (side: Side, n: number) => idNumber(n + side * (ROWS - SHARED));

function valueOf(table: Table, column: Column, side: Side, choices: Choices): unknown {
  if (column.isNullable && choices.chance(25)) return null;
  if (column.isGlobal) return `${OWN_WORDS[side][0]} ${choices.below(10_000)}`;
  if (column.kind === 'uuid') return idOf(side, choices.below(ROWS));
  const make = VALUES[column.type];
  if (!make)
    throw new Error(`No random value for ${table.name}.${column.name}: teach VALUES a ${column.type}`);
  return make(choices, side);
}

const word = (choices: Choices, side: Side) => choices.pick([...WORDS, ...OWN_WORDS[side]]);
const number = (choices: Choices, side: Side) => choices.pick([0, 1, 2, 3, ...OWN_NUMBERS[side]]);

const VALUES: Record<string, (choices: Choices, side: Side) => unknown> = {
  text: word,
  integer: number,
  smallint: number,
  bigint: number,
  // Fits the narrowest, a rate of one digit before the point.
  numeric: (choices, side) => number(choices, side) / 100,
  'double precision': number,
  boolean: (choices) => choices.chance(50),
  'timestamp with time zone': (choices) => `2026-01-0${1 + choices.below(9)}T00:00:00Z`,
  date: (choices) => `2026-01-0${1 + choices.below(9)}`,
  jsonb: (choices, side) => ({ word: word(choices, side) }),
  'text[]': (choices, side) => choices.several(0, 2, () => word(choices, side)),
  bytea: (choices, side) => `\\x${Buffer.from(word(choices, side)).toString('hex')}`,
};
