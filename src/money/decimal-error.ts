import type { Format } from './formats.js';

const MEANINGS = {
  DECIMAL_FORMAT: () => 'must be a decimal such as "1234.50": digits and at most one point',
  DECIMAL_INEXACT: () => 'has more digits than a JSON number keeps; send it as a string',
  DECIMAL_NEGATIVE: () => 'must not be negative',
  DECIMAL_PLACES: ({ places }: Format) => `has more than ${places} decimal places`,
  DECIMAL_RANGE: ({ digits, places }: Format) =>
    `has more than ${digits - places} digits in front of the point`,
};

export type DecimalProblem = keyof typeof MEANINGS;

/** What is wrong with a number, for the person who sent it; to be put behind the name of its field. */
export const inWords = (problem: DecimalProblem, format: Format): string => MEANINGS[problem](format);

/** A number that its format cannot hold. */
export class DecimalError extends Error {
  constructor(
    readonly code: DecimalProblem,
    format: Format,
  ) {
    super(`The number ${inWords(code, format)}.`);
    this.name = 'DecimalError';
  }
}
