import { describe, expect, it } from '@jest/globals';
import { contentAccess, mayChangeContent } from './content-lock.js';
import { QUOTE_STATUSES } from './quote-states.js';

describe('what a quote says', () => {
  it('may be changed by anybody who may write, until it is approved', () => {
    expect(QUOTE_STATUSES.filter((status) => mayChangeContent(status, false))).toEqual(['draft', 'pending']);
  });

  it('may be changed by force after that, until the customer has answered', () => {
    const forced = QUOTE_STATUSES.filter((status) => contentAccess(status) === 'forced');
    expect(forced).toEqual(['approved', 'sent', 'viewed']);
    expect(forced.every((status) => mayChangeContent(status, true))).toBe(true);
  });

  it('may be changed by nobody once it is over', () => {
    const closed = QUOTE_STATUSES.filter((status) => !mayChangeContent(status, true));
    expect(closed).toEqual(['accepted', 'rejected', 'expired', 'cancelled']);
  });
});
