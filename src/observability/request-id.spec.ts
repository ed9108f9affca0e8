import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { requestIdOf } from './request-id.js';

const UUID = /^[0-9a-f-]{36}$/;

describe('the request id', () => {
  it.each(['a', '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60', 'trace.1_2', 'x'.repeat(64)])(
    'is the given %s',
    (id) => {
      expect(requestIdOf(id)).toBe(id);
    },
  );

  it.each([undefined, '', 'x'.repeat(65), 'a b', 'a\nb', 'a"b', 'ä', ['a', 'b']])(
    'is a new one for %j',
    (id) => {
      expect(requestIdOf(id)).toMatch(UUID);
    },
  );

  it('can never break a line of the log or a header', () => {
    fc.assert(fc.property(fc.string(), (id) => expect(requestIdOf(id)).toMatch(/^[\w.-]{1,64}$/)));
  });
});
