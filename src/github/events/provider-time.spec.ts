import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { providerTime } from './provider-time.js';

describe('a time of GitHub', () => {
  it.each([
    [1_557_933_591, '2019-05-15T15:19:51.000Z'],
    ['2021-04-28T22:32:50.000-04:00', '2021-04-29T02:32:50.000Z'],
    ['2019-05-15T15:20:41Z', '2019-05-15T15:20:41.000Z'],
    [0, '1970-01-01T00:00:00.000Z'],
  ])('%j is %s', (value, time) => expect(providerTime(value)).toBe(time));

  it.each([
    null,
    undefined,
    '',
    'yesterday',
    -1,
    1.5,
    Number.NaN,
    Infinity,
    1e15,
    {},
    true,
    '+012345-01-01T00:00:00Z',
  ])('is not %j', (value) => expect(providerTime(value)).toBeUndefined());

  it('is the same as text and as seconds, and is ordered as texts are', () => {
    const seconds = fc.integer({ min: 0, max: 253_402_300_799 });
    fc.assert(
      fc.property(seconds, seconds, (one, other) => {
        expect(providerTime(new Date(one * 1_000).toISOString())).toBe(providerTime(one));
        expect(providerTime(one)! < providerTime(other)!).toBe(one < other);
      }),
    );
  });
});
