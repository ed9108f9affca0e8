import type { PricingCode, PricingProblem } from './pricing.types.js';

const MESSAGES: Record<PricingCode, string> = {
  DISCOUNT_INCOMPLETE: 'goes with discountType: send both, or clear both with null',
  DISCOUNT_OVER_AMOUNT: 'is more than the amount it is taken off',
  PERCENTAGE_OVER_100: 'is more than 100 %; a percentage is a fraction, so that 10 % is 0.1',
  DISCOUNT_PLACES: 'is a fixed amount and has more than 2 decimal places',
  AMOUNT_TOO_LARGE: 'makes an amount above 9,999,999,999,999.99',
};

/** @param path of the field that would have to change */
export const pricingProblem = (path: string, code: PricingCode): PricingProblem => ({
  path,
  code,
  message: MESSAGES[code],
});
