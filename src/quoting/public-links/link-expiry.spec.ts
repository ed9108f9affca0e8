import { describe, expect, it } from '@jest/globals';
import { isLinkOpen, linkExpiry } from './link-expiry.js';

const now = new Date('2026-11-21T09:30:00Z');
const expiry = (validUntil: string) => linkExpiry(now, validUntil).toISOString();

describe('a public link', () => {
  it('lives through the last day of the quote', () => {
    expect(expiry('2026-11-21')).toBe('2026-11-22T00:00:00.000Z');
    expect(expiry('2026-12-20')).toBe('2026-12-21T00:00:00.000Z');
  });

  it('lives for 30 days at most', () => {
    expect(expiry('2026-12-21')).toBe('2026-12-21T09:30:00.000Z');
    expect(expiry('2036-01-01')).toBe('2026-12-21T09:30:00.000Z');
  });

  it('leads nowhere at the moment it ends, nor once it is revoked', () => {
    const expiresAt = '2026-11-21T09:30:00.000Z';
    expect(isLinkOpen({ expiresAt, revokedAt: null }, new Date('2026-11-21T09:29:59.999Z'))).toBe(true);
    expect(isLinkOpen({ expiresAt, revokedAt: null }, now)).toBe(false);
    expect(isLinkOpen({ expiresAt: '2027-01-01T00:00:00.000Z', revokedAt: expiresAt }, now)).toBe(false);
  });
});
