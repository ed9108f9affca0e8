import { describe, expect, it } from '@jest/globals';
import { MAX_ATTEMPTS, retryDelayMs } from './retry-delay.js';

describe('retryDelayMs', () => {
  it('doubles up to an hour', () => {
    expect([1, 2, 3, 10, 11, 30].map(retryDelayMs)).toEqual([
      5_000, 10_000, 20_000, 2_560_000, 3_600_000, 3_600_000,
    ]);
  });

  it('lets a mail server be away for most of a day', () => {
    const attempts = Array.from({ length: MAX_ATTEMPTS }, (_, index) => retryDelayMs(index + 1));
    expect(attempts.reduce((sum, delay) => sum + delay, 0)).toBeGreaterThan(20 * 3_600_000);
  });
});
