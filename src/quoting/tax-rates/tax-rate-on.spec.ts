import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type TaxRate, taxRateOn } from './tax-rate-on.js';

const rates: TaxRate[] = [
  { taxClass: 'standard', rate: '0.2000', validFrom: '2027-01-01' },
  { taxClass: 'standard', rate: '0.1500', validFrom: '2020-01-01' },
  { taxClass: 'reduced', rate: '0.0500', validFrom: '2020-01-01' },
];

describe('the tax rate on a day', () => {
  it.each([
    ['standard', '2026-12-31', '0.1500'],
    ['standard', '2027-01-01', '0.2000'],
    ['reduced', '2027-01-01', '0.0500'],
    ['standard', '2019-12-31', undefined],
    ['exempt', '2019-12-31', '0.0000'],
  ] as const)('of class %s on %s is %p', (taxClass, day, rate) => {
    expect(taxRateOn(rates, taxClass, day)).toBe(rate);
  });

  it('does not depend on the order the rates come in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(rates, { minLength: rates.length }), (shuffled) => {
        expect(taxRateOn(shuffled, 'standard', '2027-06-01')).toBe('0.2000');
      }),
    );
  });
});
