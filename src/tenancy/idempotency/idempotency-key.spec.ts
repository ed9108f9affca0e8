import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseIdempotencyKey } from './idempotency-key.js';

describe('an Idempotency-Key', () => {
  it('is 1 to 255 visible ASCII characters, bare or quoted', () => {
    const key = fc.stringMatching(/^[!#-~][!-~]{0,254}$/);
    fc.assert(
      fc.property(key, (text) => {
        const quoted = `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
        expect([parseIdempotencyKey(text), parseIdempotencyKey(` ${quoted} `)]).toEqual([text, text]);
      }),
    );
  });

  it.each([
    '',
    ' ',
    '""',
    'a b',
    'ä',
    'a\u007f',
    'x'.repeat(256),
    '"a',
    '"a" , "b"',
    '"a\\b"',
    '"a" b',
    'a, b',
  ])('is not %j', (header) => {
    expect(parseIdempotencyKey(header)).toBeUndefined();
  });
});
