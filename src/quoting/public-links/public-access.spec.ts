import { describe, expect, it } from '@jest/globals';
import { QUOTE_STATUSES, statusAfter } from '../quotes/quote-states.js';
import { publicAccess } from './public-access.js';

const now = new Date('2026-11-21T09:30:00Z');
const open = { expiresAt: '2026-12-01T00:00:00.000Z', revokedAt: null };
const rules = { sendingRequiresApproval: true };

describe('what a public link shows', () => {
  it('can be answered exactly while the quote can be accepted', () => {
    for (const status of QUOTE_STATUSES)
      expect(publicAccess(status, open, now) === 'answerable').toBe(
        statusAfter(status, 'accept', rules) !== undefined,
      );
  });

  it.each([
    ['accepted', 'readable'],
    ['rejected', 'readable'],
    ['expired', 'expired'],
    ['draft', 'not_offered'],
    ['pending', 'not_offered'],
    ['approved', 'not_offered'],
    ['cancelled', 'not_offered'],
  ] as const)('of a quote that is %s: %s', (status, access) => {
    expect(publicAccess(status, open, now)).toBe(access);
  });

  it('is nothing without a link, or with one that was revoked, also after its time', () => {
    expect(publicAccess('sent', undefined, now)).toBe('no_link');
    expect(publicAccess('sent', { ...open, revokedAt: '2026-11-20T00:00:00.000Z' }, now)).toBe('no_link');
    const past = { expiresAt: '2026-11-20T00:00:00.000Z', revokedAt: '2026-11-19T00:00:00.000Z' };
    expect(publicAccess('sent', past, now)).toBe('no_link');
  });

  it('is over when the link is, whatever became of the quote', () => {
    const past = { ...open, expiresAt: '2026-11-21T09:30:00.000Z' };
    for (const status of QUOTE_STATUSES) expect(publicAccess(status, past, now)).toBe('expired');
  });
});
