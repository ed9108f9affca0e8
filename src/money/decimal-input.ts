import { type Decimal, decimal } from './decimal.js';
import { DecimalError, type DecimalProblem } from './decimal-error.js';
import { type Format, greatestOf } from './formats.js';
import { toText } from './to-text.js';

/** ASCII digits only; the bounds keep a text of a megabyte from being calculated with. */
const PLAIN = /^-?\d{1,20}(\.\d{1,20})?$/;
/** Every decimal of so many digits survives the way through a double (IEEE 754 binary64). */
const EXACT_DIGITS = 15;

/**
 * What a client sent, as the text that its column holds. A string is taken as it stands. A JSON number is taken by its
 * shortest text, which is the one that was sent as long as it has no more than 15 digits; longer ones are refused.
 * Nothing is rounded. Throws `DecimalError`.
 */
export function parseDecimal(sent: unknown, format: Format): string {
  const problem = decimalProblem(sent, format);
  if (problem) throw new DecimalError(problem, format);
  return toText(decimal(String(sent)), format);
}

/** Why a client's number cannot be taken; undefined: it can. */
export function decimalProblem(sent: unknown, format: Format): DecimalProblem | undefined {
  if (typeof sent !== 'string' && typeof sent !== 'number') return 'DECIMAL_FORMAT';
  const text = String(sent);
  if (!PLAIN.test(text)) return 'DECIMAL_FORMAT';
  if (typeof sent === 'number' && digitsOf(text) > EXACT_DIGITS) return 'DECIMAL_INEXACT';
  return rangeProblem(decimal(text), format);
}

function rangeProblem(value: Decimal, format: Format): DecimalProblem | undefined {
  if (value.s < 0) return 'DECIMAL_NEGATIVE';
  if (!value.eq(value.round(format.places))) return 'DECIMAL_PLACES';
  return value.gt(greatestOf(format)) ? 'DECIMAL_RANGE' : undefined;
}

const digitsOf = (text: string): number => text.replace(/^-?0*\.?0*/, '').replace('.', '').length;
