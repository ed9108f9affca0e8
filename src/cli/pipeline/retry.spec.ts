import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readRetryAfter, retryDelayMs } from './retry.js';

const failures = fc.record({
  retries: fc.nat(6),
  status: fc.option(fc.constantFrom(400, 404, 408, 409, 422, 429, 500, 502, 503, 504), { nil: undefined }),
  code: fc.option(fc.constantFrom('RATE_LIMITED', 'TRANSACTION_CONFLICT'), { nil: undefined }),
  retryAfterMs: fc.option(fc.nat(100_000), { nil: undefined }),
});
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('retryDelayMs', () => {
  it('never waits for less than the server asks for, and not much longer', () => {
    fc.assert(
      fc.property(failures, random, (failure, chance) => {
        const delay = retryDelayMs(failure, () => chance);
        if (delay === undefined || failure.retryAfterMs === undefined) return;
        expect(delay - failure.retryAfterMs).toBeGreaterThanOrEqual(0);
        expect(delay - failure.retryAfterMs).toBeLessThanOrEqual(250);
      }),
    );
  });

  it('comes to an end, whatever the server does', () => {
    fc.assert(
      fc.property(failures, (failure) => expect(retryDelayMs({ ...failure, retries: 4 })).toBeUndefined()),
    );
  });

  it('waits longer each time, with jitter', () => {
    const delays = (chance: number) => [0, 1, 2, 3].map((retries) => retryDelayMs({ retries }, () => chance));
    expect(delays(0)).toEqual([125, 250, 500, 1000]);
    expect(delays(1)).toEqual([250, 500, 1000, 2000]);
  });

  it.each([400, 401, 403, 404, 409, 422, 500])('does not repeat what was answered with %d', (status) =>
    expect(retryDelayMs({ retries: 0, status })).toBeUndefined(),
  );

  it.each([429, 502, 503, 504])('repeats what was answered with %d', (status) =>
    expect(retryDelayMs({ retries: 0, status }, () => 0)).toBe(125),
  );

  it('repeats a conflict that is about the attempt', () => {
    expect(retryDelayMs({ retries: 0, status: 409, code: 'TRANSACTION_CONFLICT' }, () => 0)).toBe(125);
    expect(retryDelayMs({ retries: 0, status: 409, code: 'SPEC_EXISTS' })).toBeUndefined();
  });
});

describe('readRetryAfter', () => {
  const now = Date.parse('2026-11-21T09:30:00Z');
  it.each([
    ['0', 0],
    [' 120 ', 120_000],
    ['Sat, 21 Nov 2026 09:30:05 GMT', 5_000],
    ['Sat, 21 Nov 2026 09:29:00 GMT', 0],
    ['soon', undefined],
    ['-1.5x', undefined],
    [null, undefined],
  ])('reads %p as %p', (header, ms) => expect(readRetryAfter(header, now)).toBe(ms));
});
