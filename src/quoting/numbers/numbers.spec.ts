import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NUMBERED, counterYear, numberOf } from './numbers.js';

describe('numbers', () => {
  it.each([
    ['customer', 0, 1, 'CUST-0001'],
    ['customer', 0, 12_345, 'CUST-12345'],
    ['quote', 2026, 1, 'Q-2026-0001'],
    ['quote', 2026, 9_999, 'Q-2026-9999'],
    ['quote', 2026, 10_000, 'Q-2026-10000'],
  ] as const)('of a %s, year %p, count %p: %s', (kind, year, value, number) => {
    expect(numberOf(kind, year, value)).toBe(number);
  });

  it('begin anew each year for quotes, never for customers', () => {
    expect([counterYear('quote', '2026-12-31'), counterYear('quote', '2027-01-01')]).toEqual([2026, 2027]);
    expect(counterYear('customer', '2026-12-31')).toBe(counterYear('customer', '2027-01-01'));
  });

  it('are never given twice', () => {
    const counted = fc.record({
      kind: fc.constantFrom(...NUMBERED),
      day: fc.constantFrom('2026-01-01', '2027-06-01', '2030-12-31'),
      value: fc.integer({ min: 1, max: 200_000 }),
    });
    fc.assert(
      fc.property(counted, counted, (a, b) => {
        const isSame = (x: typeof a) => JSON.stringify([x.kind, counterYear(x.kind, x.day), x.value]);
        const number = (x: typeof a) => numberOf(x.kind, counterYear(x.kind, x.day), x.value);
        expect(number(a) === number(b)).toBe(isSame(a) === isSame(b));
      }),
    );
  });
});
