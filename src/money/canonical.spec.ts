import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonical } from './canonical.js';
import { decimalProblem, parseDecimal } from './decimal-input.js';
import { FORMATS } from './formats.js';

const digits = (maxLength: number) => fc.stringMatching(/^[0-9]+$/).map((text) => text.slice(0, maxLength));
const anyNumber = fc.oneof(
  fc.tuple(digits(14), digits(7)).map(([whole, places]) => `${whole}.${places}`),
  digits(16),
  fc.double(),
  fc.nat(),
  fc.constantFrom('', '.', '1.', '.5', '-1', '-0', '+1', '1e3', '00', '007', '٣', ' 1', null, {}, []),
);

describe('a number by its digits', () => {
  it('is what it is by calculation, and refused for the same reason', () => {
    fc.assert(
      fc.property(anyNumber, fc.constantFrom(...Object.values(FORMATS)), (sent, format) => {
        const problem = decimalProblem(sent, format);
        expect(canonical(sent, format)).toEqual(problem ? { problem } : { text: parseDecimal(sent, format) });
      }),
    );
  });
});
