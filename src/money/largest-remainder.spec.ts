import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { largestRemainder } from './largest-remainder.js';

const firstFirst = (a: number, b: number) => a - b;
const total = (parts: readonly bigint[]) => parts.reduce((sum, part) => sum + part, 0n);
const weights = fc.array(fc.bigInt(0n, 10n ** 15n), { minLength: 1, maxLength: 20 });
const withinWeights = weights.chain((given) => fc.tuple(fc.constant(given), fc.bigInt(0n, total(given))));

describe('largest remainder', () => {
  it.each([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [5n, [50n, 33n, 17n], [2n, 2n, 1n]],
    [1n, [1n, 98n, 1n], [0n, 1n, 0n]],
    [7n, [0n, 7n], [0n, 7n]],
    [0n, [0n, 0n], [0n, 0n]],
  ])('divides %p over %p as %p', (amount, given, parts) => {
    expect(largestRemainder(amount, given, firstFirst)).toEqual(parts);
  });

  it('spends the amount to the last unit', () => {
    fc.assert(
      fc.property(withinWeights, ([given, amount]) => {
        expect(total(largestRemainder(amount, given, firstFirst))).toBe(amount);
      }),
    );
  });

  it('gives nobody more than their weight, and nobody a whole unit more or less than their share', () => {
    fc.assert(
      fc.property(withinWeights, ([given, amount]) => {
        const whole = total(given);
        for (const [place, part] of largestRemainder(amount, given, firstFirst).entries()) {
          expect(part).toBeLessThanOrEqual(given[place]!);
          const difference = part * whole - amount * given[place]!;
          if (whole > 0n) expect(difference > -whole && difference < whole).toBe(true);
        }
      }),
    );
  });

  it('asks who is preferred only among those who lost the same', () => {
    expect(largestRemainder(2n, [10n, 10n, 10n], (a, b) => b - a)).toEqual([0n, 1n, 1n]);
    expect(largestRemainder(5n, [50n, 33n, 17n], (a, b) => b - a)).toEqual([2n, 2n, 1n]);
  });
});
