import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimal, divideToCents, fromWholeCents, sum, toCents, wholeCents } from './decimal.js';
import { FORMATS, greatestOf } from './formats.js';
import { toText } from './to-text.js';

describe('decimals', () => {
  it.each([
    ['1.004', '1.00'],
    ['1.005', '1.01'],
    ['1.0049999', '1.00'],
    ['2.675', '2.68'],
    ['0.005', '0.01'],
  ])('round %s half-up to %s', (value, rounded) => {
    expect(toCents(decimal(value)).toFixed(2)).toBe(rounded);
  });

  it('round a quotient once, from all of its digits', () => {
    expect(divideToCents(decimal('2'), decimal('3')).toFixed(2)).toBe('0.67');
    // 1.004999...: rounded to three places first it would become 1.01.
    expect(divideToCents(decimal('1.01'), decimal('1.00498')).toFixed(2)).toBe('1.00');
    expect(divideToCents(decimal('2.01'), decimal('2')).toFixed(2)).toBe('1.01');
  });

  it('divide as whole numbers do', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), fc.bigInt(10_000n, 20_000n), (cents, divisor) => {
        const quotient = divideToCents(fromWholeCents(cents), decimal(`${divisor}`).times('0.0001'));
        expect(wholeCents(quotient)).toBe((2n * cents * 10_000n + divisor) / (2n * divisor));
      }),
    );
  });

  it('are never made of a float', () => {
    expect(() => decimal(0.1 as unknown as string)).toThrow('[big.js]');
    expect(() => Number(decimal('0.1'))).toThrow('[big.js]');
  });

  it('add up without loss', () => {
    expect(sum(Array.from({ length: 1_000 }, () => decimal('0.1'))).toFixed(2)).toBe('100.00');
  });

  it('are written with the places of their column', () => {
    expect(toText(decimal('6000'), FORMATS.amount)).toBe('6000.00');
    expect(toText(decimal('0.15'), FORMATS.fraction)).toBe('0.1500');
  });

  it('are refused where the column cannot hold them', () => {
    const beyond = greatestOf(FORMATS.amount).plus('0.01');
    expect(() => toText(beyond, FORMATS.amount)).toThrow('has more than 13 digits in front of the point');
    expect(() => toText(decimal('0.001'), FORMATS.amount)).toThrow('has more than 2 decimal places');
  });
});
