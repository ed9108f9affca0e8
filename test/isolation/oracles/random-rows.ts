import type { Choices } from './choices.js';
import type { Column, Table } from './catalogue.js';

/** Rows of each table and tenant: few, since queries join them without a condition too. */
const ROWS = 8;
/** Half of a tenant's ids are ids of its neighbour as well. */
const SHARED = ROWS / 2;

/** The `n`th id. */
export const idNumber = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/**
 * Rows of one tenant for one table, in the values of which neighbours are alike wherever walls allow: in ids, in unique
 * values, in keys of parents. What only `side` (0 or 1) has is told by `OWN_WORDS`.
 */
export function randomRows(table: Table, tenantId: string, side: 0 | 1, choices: Choices): object[] {
  return Array.from({ length: ROWS }, (_, n) =>
    Object.fromEntries(
      table.columns.map((column) => [column.name, valueOf(table, column, tenantId, side, n, choices)]),
    ),
  );
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

const idOf = (side: 0 | 1, n: number) => idNumber(n + side * (ROWS - SHARED));

function valueOf(
  table: Table,
  column: Column,
  tenantId: string,
  side: 0 | 1,
  n: number,
  choices: Choices,
): unknown {
  if (column.name === 'tenant_id') return tenantId;
  if (column.name === 'id') return idOf(side, n);
  if (column.isNullable && choices.chance(25)) return null;
  if (column.isGlobal) return `${OWN_WORDS[side][0]} ${n}`;
  if (column.kind === 'uuid') return idOf(side, choices.below(ROWS));
  const make = VALUES[column.type];
  if (!make) throw new Error(`No random value for ${table.name}.${column.name}: teach VALUES a ${column.type}`);
  return make(choices, side);
}

const word = (choices: Choices, side: 0 | 1) => choices.pick([...WORDS, ...OWN_WORDS[side]]);
const number = (choices: Choices, side: 0 | 1) => choices.pick([0, 1, 2, 3, ...OWN_NUMBERS[side]]);

const VALUES: Record<string, (choices: Choices, side: 0 | 1) => unknown> = {
  text: word,
  integer: number,
  smallint: number,
  bigint: number,
  numeric: number,
  'double precision': number,
  boolean: (choices) => choices.chance(50),
  'timestamp with time zone': (choices) => `2026-01-0${1 + choices.below(9)}T00:00:00Z`,
  jsonb: (choices, side) => ({ word: word(choices, side) }),
  'text[]': (choices, side) => choices.several(0, 2, () => word(choices, side)),
  bytea: (choices, side) => `\\x${Buffer.from(word(choices, side)).toString('hex')}`,
};
