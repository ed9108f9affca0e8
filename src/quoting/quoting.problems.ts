import { defineProblem } from '../http/index.js';
import type { PricingProblem } from './pricing/pricing.types.js';
import type { AllowedAction, QuoteAction, QuoteStatus } from './quotes/quote-states.js';

const MAX_NAMED = 20;

/** A quote, what it is today, what somebody tried, and what they may do instead. */
export interface WrongState {
  number: string;
  status: QuoteStatus;
  attempt: QuoteAction | 'edit' | 'delete' | 'deliver';
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
  quoteNotFound: defineProblem(
    404,
    'QUOTE_NOT_FOUND',
    'Quote not found',
    () => 'This tenant has no such quote.',
  ),
  lineNotFound: defineProblem(
    404,
    'QUOTE_LINE_NOT_FOUND',
    'Line not found',
    () => 'This quote has no such line.',
  ),
  quoteVersionNotFound: defineProblem(
    404,
    'QUOTE_VERSION_NOT_FOUND',
    'Version not found',
    (version: number) => `This quote has no version ${version}.`,
  ),
  tooManyLines: defineProblem(
    422,
    'TOO_MANY_LINES',
    'Too many lines',
    (most: number) => `A quote has at most ${most} lines.`,
  ),
  validityOrder: defineProblem(
    422,
    'VALIDITY_ORDER',
    'Validity ends before it begins',
    (from: string, until: string) => `A quote valid from ${from} cannot end on ${until}.`,
  ),
  validityOver: defineProblem(
    422,
    'VALIDITY_OVER',
    'Validity is over',
    (until: string) =>
      `The quote was valid until ${until}; nobody could accept it. Give it a later end first.`,
  ),
  quoteEmpty: defineProblem(
    422,
    'QUOTE_EMPTY',
    'Quote has no lines',
    () => 'There is nothing to offer yet; a quote that is sent has at least one line.',
  ),
  currencyFixed: defineProblem(
    409,
    'QUOTE_CURRENCY_FIXED',
    'Currency stays',
    () => 'The lines have prices in the currency of the quote; remove them before it gets another.',
  ),
  lineCategoryUnknown: defineProblem(
    422,
    'LINE_CATEGORY_UNKNOWN',
    'Service category of a line is not known',
    (_lines: readonly number[]) => 'This tenant has no such service category.',
    (lines) => ({
      errors: lines.map((index) => lineError(index, 'LINE_CATEGORY_UNKNOWN', 'names an unknown category')),
    }),
  ),
  taxRateMissing: defineProblem(
    422,
    'TAX_RATE_MISSING',
    'No tax rate',
    (_lines: readonly number[]) =>
      'The tax classes of these lines have no rate on the first day of the quote.',
    (lines) => ({ errors: lines.map((index) => lineError(index, 'TAX_RATE_MISSING', 'has no tax rate')) }),
  ),
  approvalNotFound: defineProblem(
    404,
    'APPROVAL_NOT_FOUND',
    'Approval request not found',
    () => 'This tenant has no such approval request.',
  ),
  approvalPending: defineProblem(
    409,
    'APPROVAL_PENDING',
    'Approval is asked for already',
    () => 'Somebody has been asked to approve this, and has not answered; cancel that request first.',
  ),
  approvalNotPending: defineProblem(
    409,
    'APPROVAL_NOT_PENDING',
    'Nobody is asked for approval',
    () => 'The request was answered or cancelled already, or there was none; ask for approval anew.',
  ),
  approverNotMember: defineProblem(
    422,
    'APPROVER_NOT_MEMBER',
    'Approver is not a member',
    () => 'Whoever approves is a member of this tenant: name the id of a user who is.',
  ),
  notTheApprover: defineProblem(
    403,
    'NOT_THE_APPROVER',
    'Somebody else was asked',
    () => 'Only the approver who was named decides, or an owner of the tenant.',
  ),
  linkNotFound: defineProblem(
    404,
    'QUOTE_LINK_NOT_FOUND',
    'Link not found',
    () => 'There is no such link, or it was revoked.',
  ),
  notOnOffer: defineProblem(
    409,
    'QUOTE_STATE',
    'Not on offer',
    () => 'The quote is not on offer at the moment, or was answered already.',
  ),
  quoteChanged: defineProblem(
    409,
    'QUOTE_CHANGED',
    'Quote changed meanwhile',
    () => 'The quote is not the one that was shown any more; read it again before you answer.',
  ),
};

const lineError = (index: number, code: string, message: string) => ({
  path: `lines.${index}`,
  code,
  message,
});
