import { decimal, type Decimal, ONE, toCents, ZERO } from '../../money/index.js';
import type { Discount, PricingCode } from './pricing.types.js';

/** What a discount takes off an amount, in whole cents, or why it cannot. */
export type Deduction =
  { amount: Decimal; problem?: undefined } | { amount?: undefined; problem: PricingCode };

/** `quantity` counts for a discount per unit only. */
export function deduct(discount: Discount | undefined, from: Decimal, quantity: Decimal = ONE): Deduction {
  if (!discount) return { amount: ZERO };
  const value = decimal(discount.value);
  if (discount.type === 'percentage')
    return value.gt(ONE) ? { problem: 'PERCENTAGE_OVER_100' } : { amount: toCents(from.times(value)) };
  if (discount.type === 'per_unit') return atMost(from, toCents(value.times(quantity)));
  if (!value.eq(toCents(value))) return { problem: 'DISCOUNT_PLACES' };
  return atMost(from, value);
}

const atMost = (limit: Decimal, amount: Decimal): Deduction =>
  amount.gt(limit) ? { problem: 'DISCOUNT_OVER_AMOUNT' } : { amount };
