import type { Choices } from './choices.js';
import { OWN_NUMBERS, OWN_WORDS, type Side, WORDS, idNumber } from './random-rows.js';

/** What a query's `$1` stands for; the same text is run by both tenants, each with values that mean the same to it. */
export type Parameter = (side: Side) => unknown;

export const other = (side: Side): Side => (side === 0 ? 1 : 0);

/** A word that both use, that only we use, or that only the neighbour does. */
export function wordParameter(choices: Choices): Parameter {
  const n = choices.below(3);
  return choices.pick<Parameter>([
    () => WORDS[n],
    (side) => OWN_WORDS[side][n],
    (side) => OWN_WORDS[other(side)][n],
  ]);
}

export function numberParameter(choices: Choices): Parameter {
  const n = choices.below(2);
  return choices.pick<Parameter>([
    () => n,
    (side) => OWN_NUMBERS[side][n],
    (side) => OWN_NUMBERS[other(side)][n],
  ]);
}

export function idParameter(choices: Choices): Parameter {
  const id = idNumber(choices.below(14)); // of both, of one of them, or of nobody
  return () => id;
}
