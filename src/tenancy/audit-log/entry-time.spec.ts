import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../database/index.js';
import { firstIdAt, timeOfId } from './entry-time.js';

const instant = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});
/** Any UUIDv7 of that instant. */
const idAt = (at: Date, random: bigint) => {
  const hex = at.getTime().toString(16).padStart(12, '0') + `7${random.toString(16).padStart(19, '0')}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
const random = fc.bigInt({ min: 0n, max: 16n ** 19n - 1n });

describe('the time in an id', () => {
  it('is read back to the millisecond', () => {
    fc.assert(
      fc.property(instant, random, (at, bits) => expect(timeOfId(idAt(at, bits))).toBe(at.toISOString())),
    );
  });

  it('divides the ids of any two instants as time does', () => {
    fc.assert(
      fc.property(instant, instant, random, (at, from, bits) =>
        expect(idAt(at, bits) >= firstIdAt(from.toISOString())).toBe(at >= from),
      ),
    );
  });

  it('is the time at which a new id was made', () => {
    const before = Date.now();
    const made = Date.parse(timeOfId(newId()));
    expect(made).toBeGreaterThanOrEqual(before);
    expect(made).toBeLessThanOrEqual(Date.now());
  });

  it('before 1970 is before every entry', () => {
    expect(firstIdAt('0001-01-01T00:00:00Z')).toBe('00000000-0000-0000-0000-000000000000');
  });
});
