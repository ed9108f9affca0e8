import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, fingerprintOf } from './fingerprint.js';

/** JSON without `__proto__`, which the server refuses, and without -0, which JSON cannot tell from 0. */
const json = fc
  .jsonValue({ stringUnit: 'binary' })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  .filter((value) => !JSON.stringify(value).includes('__proto__'));

describe('the canonical form of a body', () => {
  it('is the same whatever the order of keys and the blanks', () => {
    fc.assert(
      fc.property(json, fc.nat({ max: 4 }), (value, indent) => {
        const rewritten: unknown = JSON.parse(JSON.stringify(reversed(value), undefined, indent));
        expect(canonicalJson(rewritten)).toBe(canonicalJson(value));
      }),
    );
  });

  it('is the same for the same values only', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(canonicalJson(a) === canonicalJson(b)).toBe(isEqual(a, b));
      }),
    );
  });

  it('can be read back', () => {
    fc.assert(fc.property(json, (value) => expect(JSON.parse(canonicalJson(value)!)).toEqual(value)));
  });

  it.each([
    ['{"b":1,"a":{"d":2,"c":3}}', '{"a":{"c":3,"d":2},"b":1}'],
    ['[2,1]', '[2,1]'],
    ['{"10":1,"9":2,"a":3}', '{"9":2,"10":1,"a":3}'],
    ['{"ü":"\\u00fc","\\u00fc2":1}', '{"ü":"ü","ü2":1}'],
    ['-0', '0'],
    ['1.0', '1'],
    ['12345678901234567890', '12345678901234567000'],
    ['"\\ud800"', '"\\ud800"'],
  ])('of %s is %s', (text, canonical) => {
    expect(canonicalJson(JSON.parse(text))).toBe(canonical);
  });
});

describe('a fingerprint', () => {
  it('differs with the path, the query and the body', () => {
    const all = [
      fingerprintOf('POST', '/v1/notes', { a: 1 }),
      fingerprintOf('POST', '/v1/notes', { a: '1' }),
      fingerprintOf('POST', '/v1/notes', { a: null }),
      fingerprintOf('POST', '/v1/notes', {}),
      fingerprintOf('POST', '/v1/notes', null),
      fingerprintOf('POST', '/v1/notes', undefined),
      fingerprintOf('POST', '/v1/notes?dry', undefined),
      fingerprintOf('POST', '/v1/notes/1', undefined),
    ];
    expect(new Set(all.map((digest) => digest.toString('hex'))).size).toBe(all.length);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a, b] as Record<string, unknown>[];
  const keys = Object.keys(left!);
  return (
    keys.length === Object.keys(right!).length &&
    keys.every((key) => Object.hasOwn(right!, key) && isEqual(left![key], right![key]))
  );
}
