import { decimalProblem, parseDecimal } from './decimal-input.js';
import type { DecimalProblem } from './decimal-error.js';
import type { Format } from './formats.js';

const USUAL = /^(0|[1-9]\d*)(?:\.(\d+))?$/;

/** What a client's number is as the text of its column, or why it cannot be taken. */
export type Canonical = { text: string; problem?: undefined } | { text?: undefined; problem: DecimalProblem };

/**
 * `parseDecimal()`, which for the usual numbers only looks at their digits: a quote has four numbers in each of a thousand
 * lines, and calculating with all of them would take longer than the prices do.
 */
export function canonical(sent: unknown, format: Format): Canonical {
  const [, whole = '', places = ''] = USUAL.exec(textOf(sent)) ?? [];
  if (whole !== '' && whole.length <= format.digits - format.places && places.length <= format.places)
    return { text: `${whole}.${places.padEnd(format.places, '0')}` };
  const problem = decimalProblem(sent, format);
  return problem ? { problem } : { text: parseDecimal(sent, format) };
}

/** JSON numbers of more digits than this are for `decimalProblem()` to judge. */
const EXACT_LENGTH = 15;

function textOf(sent: unknown): string {
  if (typeof sent === 'string') return sent;
  const text = typeof sent === 'number' ? String(sent) : '';
  return text.length <= EXACT_LENGTH ? text : '';
}
