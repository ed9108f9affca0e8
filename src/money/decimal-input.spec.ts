import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DecimalError } from './decimal-error.js';
import { decimalProblem, parseDecimal } from './decimal-input.js';
import { FORMATS, type Format } from './formats.js';

const { amount, unitPrice, quantity, fraction, exchangeRate } = FORMATS;
const anyFormat = fc.constantFrom<Format>(...Object.values(FORMATS));

/** A decimal of the format, as digits in front of and behind the point. */
const written = anyFormat.chain((format) =>
  fc.record({
    format: fc.constant(format),
    whole: fc.bigInt(0n, 10n ** BigInt(format.digits - format.places) - 1n).map(String),
    places: fc
      .array(fc.integer({ min: 0, max: 9 }), { maxLength: format.places })
      .map((digits) => digits.join('')),
  }),
);

describe('a number that a client sends', () => {
  it.each([
    ['0', amount, '0.00'],
    ['007.5', amount, '7.50'],
    ['9999999999999.99', amount, '9999999999999.99'],
    ['1.50000', amount, '1.50'],
    ['0.8500', unitPrice, '0.8500'],
    [40, quantity, '40.0000'],
    [0.1, fraction, '0.1000'],
    [172.5, unitPrice, '172.5000'],
    [1.123456, exchangeRate, '1.123456'],
    [-0, amount, '0.00'],
  ])('takes %p', (sent, format, text) => {
    expect(parseDecimal(sent, format)).toBe(text);
  });

  it.each<[unknown, Format, string]>([
    ['', amount, 'DECIMAL_FORMAT'],
    ['1,000.00', amount, 'DECIMAL_FORMAT'],
    ['1.000,00', amount, 'DECIMAL_FORMAT'],
    ['1e3', amount, 'DECIMAL_FORMAT'],
    ['+1', amount, 'DECIMAL_FORMAT'],
    [' 1', amount, 'DECIMAL_FORMAT'],
    ['.5', amount, 'DECIMAL_FORMAT'],
    ['0x10', amount, 'DECIMAL_FORMAT'],
    ['１２', amount, 'DECIMAL_FORMAT'],
    ['1\n', amount, 'DECIMAL_FORMAT'],
    ['9'.repeat(1_000_000), amount, 'DECIMAL_FORMAT'],
    [NaN, amount, 'DECIMAL_FORMAT'],
    [Infinity, amount, 'DECIMAL_FORMAT'],
    [1e-7, amount, 'DECIMAL_FORMAT'],
    [null, amount, 'DECIMAL_FORMAT'],
    [true, amount, 'DECIMAL_FORMAT'],
    [['1'], amount, 'DECIMAL_FORMAT'],
    [{ toString: () => '1' }, amount, 'DECIMAL_FORMAT'],
    [0.1 + 0.2, unitPrice, 'DECIMAL_INEXACT'],
    // Sent as 1234567890123456.7, which no double holds.
    [1234567890123456.8, unitPrice, 'DECIMAL_INEXACT'],
    ['-0.01', amount, 'DECIMAL_NEGATIVE'],
    ['1.005', amount, 'DECIMAL_PLACES'],
    [1.005, amount, 'DECIMAL_PLACES'],
    ['0.12345', fraction, 'DECIMAL_PLACES'],
    ['10000000000000', amount, 'DECIMAL_RANGE'],
    ['1000000', quantity, 'DECIMAL_RANGE'],
    ['10', fraction, 'DECIMAL_RANGE'],
  ])('refuses %p rather than round or guess', (sent, format, code) => {
    expect(decimalProblem(sent, format)).toBe(code);
    expect(() => parseDecimal(sent, format)).toThrow(DecimalError);
  });

  it('is kept to the last digit, as a string always', () => {
    fc.assert(
      fc.property(written, ({ format, whole, places }) => {
        const text = parseDecimal(places ? `${whole}.${places}` : whole, format);
        expect(text).toBe(`${whole}.${places.padEnd(format.places, '0')}`);
      }),
    );
  });

  it('is kept to the last digit, as a JSON number, or refused', () => {
    fc.assert(
      fc.property(written, ({ format, whole, places }) => {
        const json = places ? `${whole}.${places}` : whole;
        const sent: unknown = JSON.parse(json);
        if (decimalProblem(sent, format) === 'DECIMAL_INEXACT')
          expect(json.replace('.', '').length).toBeGreaterThan(15);
        else expect(parseDecimal(sent, format)).toBe(parseDecimal(json, format));
      }),
    );
  });

  it('is read again as what was made of it', () => {
    fc.assert(
      fc.property(written, ({ format, whole, places }) => {
        const once = parseDecimal(`${whole}.${places || '0'}`, format);
        expect(parseDecimal(once, format)).toBe(once);
      }),
    );
  });
});
