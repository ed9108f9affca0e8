import {
  decimal,
  type Decimal,
  divideToCents,
  FORMATS,
  greatestOf,
  ONE,
  toCents,
  ZERO,
} from '../../money/index.js';
import { deduct } from './discount.js';
import { pricingProblem } from './pricing-problems.js';
import type { LineToPrice, PricingProblem } from './pricing.types.js';

/** A line before the quote's discount. */
export interface PricedLine {
  /** Quantity x unit price, as the unit price is given: with tax, where prices include it. */
  asGiven: Decimal;
  /** The same before tax. */
  amount: Decimal;
  discountAmount: Decimal;
  /** `amount` without the line's own discount. */
  net: Decimal;
  taxRate: Decimal;
  key: string;
}

const GREATEST = greatestOf(FORMATS.amount);
const NOTHING = { amount: ZERO, discountAmount: ZERO, net: ZERO };

/** The price of one line; `problems` gets what is wrong with it, and then its figures mean nothing. */
export function priceLine(
  line: LineToPrice,
  pricesIncludeTax: boolean,
  path: string,
  problems: PricingProblem[],
): PricedLine {
  const quantity = decimal(line.quantity);
  const taxRate = decimal(line.taxRate);
  const asGiven = toCents(quantity.times(decimal(line.unitPrice)));
  const base = { asGiven, taxRate, key: line.key ?? '' };
  if (asGiven.gt(GREATEST)) {
    problems.push(pricingProblem(path, 'AMOUNT_TOO_LARGE'));
    return { ...base, ...NOTHING };
  }
  const amount = pricesIncludeTax ? divideToCents(asGiven, ONE.plus(taxRate)) : asGiven;
  const deduction = deduct(line.discount, amount, quantity);
  if (deduction.problem) {
    problems.push(pricingProblem(`${path}.discountValue`, deduction.problem));
    return { ...base, ...NOTHING };
  }
  return { ...base, amount, discountAmount: deduction.amount, net: amount.minus(deduction.amount) };
}
