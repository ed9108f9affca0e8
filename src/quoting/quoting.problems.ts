import { defineProblem } from '../http/index.js';
import type { PricingProblem } from './pricing/pricing.types.js';
import type { AllowedAction, QuoteAction, QuoteStatus } from './quotes/quote-states.js';

const MAX_NAMED = 20;

/** A quote, what it is today, what somebody tried, and what they may do instead. */
interface WrongState {
  number: string;
  status: QuoteStatus;
  attempt: QuoteAction | 'edit';
  allowed: readonly AllowedAction[];
}

const first = <T>(values: readonly T[]): T[] => values.slice(0, MAX_NAMED);

export const quotingProblems = {
  quoteState: defineProblem(
    409,
    'QUOTE_STATE',
    'Not possible in this state',
    ({ number, status, attempt, allowed }: WrongState) => {
      const instead = allowed.map(({ action }) => action).join(', ') || 'nothing, it is final';
      return `Quote ${number} is ${status}, which does not allow "${attempt}"; allowed: ${instead}.`;
    },
    ({ allowed }) => ({
      errors: allowed.map(({ action, to }) => ({ path: 'action', code: action, message: `leads to ${to}` })),
    }),
  ),
  quoteExpired: defineProblem(
    410,
    'QUOTE_EXPIRED',
    'Quote is expired',
    (validUntil: string) => `The quote was valid until ${validUntil}; ask for a new one.`,
  ),
  pricingRefused: defineProblem(
    422,
    'PRICING_REFUSED',
    'Quote has no price',
    (problems: readonly PricingProblem[]) =>
      first(problems)
        .map(({ path, message }) => `${path} ${message}`)
        .join('; '),
    (problems) => ({ errors: [...problems] }),
  ),
  rateNotFound: defineProblem(
    422,
    'RATE_NOT_FOUND',
    'No rate found',
    (_lines: readonly number[]) =>
      'No active rate card of the currency, in force on the day of the quote, has a rate for these lines.',
    (lines) => ({ errors: lines.map((index) => lineError(index, 'RATE_NOT_FOUND', 'has no rate')) }),
  ),
  priceOverrideNotAllowed: defineProblem(
    403,
    'PRICE_OVERRIDE_NOT_ALLOWED',
    'Price may not be overridden',
    (_lines: readonly number[]) => 'A unit price of your own needs the scope "quotes:override-price".',
    (lines) => ({
      errors: lines.map((index) => lineError(index, 'PRICE_OVERRIDE_NOT_ALLOWED', 'names a unit price')),
    }),
  ),
  customerHasQuotes: defineProblem(
    409,
    'CUSTOMER_HAS_QUOTES',
    'Customer has quotes',
    (number: string) => `Quotes refer to customer ${number}; it stays with them.`,
  ),
};

const lineError = (index: number, code: string, message: string) => ({
  path: `lines[${index}]`,
  code,
  message,
});
