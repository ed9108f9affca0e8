import { type Decimal, fromWholeCents, largestRemainder, wholeCents, ZERO } from '../../money/index.js';
import type { PricedLine } from './price-line.js';

/**
 * The discount of a whole quote, spent on its lines to the cent and in proportion to their net. Where two have the same
 * claim to a cent, what they say decides, never where they stand: a quote whose lines are reordered costs the same.
 */
export function shareDiscount(discount: Decimal, lines: readonly PricedLine[]): Decimal[] {
  if (discount.eq(ZERO)) return lines.map(() => ZERO);
  const weights = lines.map(({ net }) => wholeCents(net));
  const preferred = (a: number, b: number) => byClaim(lines[a]!, lines[b]!);
  return largestRemainder(wholeCents(discount), weights, preferred).map(fromWholeCents);
}

/** Everything that makes a difference to the figures comes before the key, so that it is the same total either way. */
const byClaim = (a: PricedLine, b: PricedLine): number =>
  b.net.cmp(a.net) || b.taxRate.cmp(a.taxRate) || b.asGiven.cmp(a.asGiven) || byCodeUnits(a.key, b.key);

/** Not `localeCompare`: it sorts as the machine is set up. */
const byCodeUnits = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
