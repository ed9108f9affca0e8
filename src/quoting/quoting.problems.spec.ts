import { describe, expect, it } from '@jest/globals';
import { priceQuote } from './pricing/price-quote.js';
import { allowedActions } from './quotes/quote-states.js';
import { quotingProblems } from './quoting.problems.js';

describe('the problems of quoting', () => {
  it('name what a status allows instead', () => {
    const allowed = allowedActions('viewed', { sendingRequiresApproval: true });
    const problem = quotingProblems.quoteState({
      number: 'Q-2026-0001',
      status: 'viewed',
      attempt: 'submit',
      allowed,
    });
    expect(problem.detail).toBe(
      'Quote Q-2026-0001 is viewed, which does not allow "submit"; allowed: accept, reject, cancel.',
    );
    expect(problem.extras.errors).toContainEqual({
      path: 'action',
      code: 'accept',
      message: 'leads to accepted',
    });
  });

  it('say so where a status is final', () => {
    const final = { number: 'Q-2026-0001', status: 'accepted', attempt: 'edit', allowed: [] } as const;
    expect(quotingProblems.quoteState(final).detail).toContain('allowed: nothing, it is final');
  });

  it('tell of every line that has no price', () => {
    const discount = { type: 'fixed', value: '2' } as const;
    const lines = Array.from({ length: 2 }, () => ({
      quantity: '1',
      unitPrice: '1',
      taxRate: '0',
      discount,
    }));
    const { problems } = priceQuote({ lines, pricesIncludeTax: false });
    expect(quotingProblems.pricingRefused(problems!)).toMatchObject({
      status: 422,
      detail:
        'lines.0.discountValue is more than the amount it is taken off; lines.1.discountValue is more than the amount it is taken off',
      extras: { errors: [{ code: 'DISCOUNT_OVER_AMOUNT' }, { code: 'DISCOUNT_OVER_AMOUNT' }] },
    });
  });

  it('tell which lines have no rate, and which may not have their own', () => {
    for (const define of [quotingProblems.rateNotFound, quotingProblems.priceOverrideNotAllowed])
      expect(define([2, 5]).extras.errors).toMatchObject([{ path: 'lines.2' }, { path: 'lines.5' }]);
  });
});
