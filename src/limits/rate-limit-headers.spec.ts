import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quotasOf } from './quotas.js';
import { policyHeader, standingHeader, wholeSeconds } from './rate-limit-headers.js';

describe('the headers of the rate limits', () => {
  it('are lists of structured fields', () => {
    const { tenant, credential } = quotasOf(600, 50);
    expect(policyHeader([tenant, credential])).toBe('"tenant";q=600;w=60, "credential";q=300;w=60');
    const standings = [
      { policy: 'tenant' as const, remaining: 599, resetMs: 59_001 },
      { policy: 'credential' as const, remaining: 0, resetMs: 0 },
    ];
    expect(standingHeader(standings)).toBe('"tenant";r=599;t=60, "credential";r=0;t=1');
  });

  it('never let anybody come back too early', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 120_000 }), (ms) => {
        const seconds = wholeSeconds(ms);
        expect(seconds * 1_000).toBeGreaterThanOrEqual(ms);
        expect(seconds).toBeGreaterThanOrEqual(1);
        expect(seconds).toBeLessThanOrEqual(Math.max(1, ms / 1_000 + 1));
      }),
    );
  });

  it('leave each credential at least one request, and never more than its tenant', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.integer({ min: 1, max: 100 }),
        (limit, percent) => {
          const { tenant, credential } = quotasOf(limit, percent);
          expect(credential.limit).toBeGreaterThanOrEqual(1);
          expect(credential.limit).toBeLessThanOrEqual(tenant.limit);
        },
      ),
    );
  });
});
