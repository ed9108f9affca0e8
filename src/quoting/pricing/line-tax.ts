import { type Decimal, toCents } from '../../money/index.js';
import type { PricedLine } from './price-line.js';

/**
 * The tax on what is left of a line. Where prices include tax and nothing was taken off, it is the rest of the price: what
 * stands on the price list is what is paid. Net x rate can miss that by a cent: 0.11 at 15 % is 0.10 and 0.01, but 15 % of
 * 0.10 rounds to 0.02.
 */
export function lineTax(line: PricedLine, net: Decimal, pricesIncludeTax: boolean): Decimal {
  if (pricesIncludeTax && net.eq(line.amount)) return line.asGiven.minus(net);
  return toCents(net.times(line.taxRate));
}
