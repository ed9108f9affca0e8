import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FORBIDDEN_WORDS } from './forbidden-words.js';
import { MAX_METADATA_BYTES, forbiddenKeys, inspectMetadata, isCleanMetadata } from './inspect-metadata.js';

/** `value` in `levels` objects. */
const nested = (levels: number, value: unknown) => {
  let result = value;
  for (let level = 0; level < levels; level++) result = { in: result };
  return result;
};
const keysOf = (value: unknown) => forbiddenKeys(value).map(({ key }) => key);

describe('forbiddenKeys', () => {
  it('names every forbidden key with its path, in objects and in lists', () => {
    expect(
      forbiddenKeys({ colour: 'red', unit_price: 1, items: [{ note: 'x' }, { deep: [[{ SKU: 'x' }]] }] }),
    ).toEqual([
      { path: 'unit_price', key: 'unit_price' },
      { path: 'items.1.deep.0.0.SKU', key: 'SKU' },
    ]);
  });

  const spellings =
    'price|Price|PRICE|unit-price|unit_price|unit price| price |Unit \t_-Price' +
    '|ｐｒｉｃｅ|ＰＲＩＣＥ|unit＿price|unit－price|unit　price|unit‐price|unit−price' +
    '|pri\u200bce|price\ufeff|pri\u00adce|\u202eprice|price\ufe0f|s\u212au|__proto__';
  it.each(spellings.split('|'))('refuses %j', (key) => {
    expect(keysOf(JSON.parse(`{${JSON.stringify(key)}: 1}`))).toEqual([key]);
  });

  // The last has a Cyrillic letter: what only looks alike is out of scope.
  const others =
    'prices|pricing|statusCode|rating|units|tags||_|0|42|proto|__Proto__|constructor|toString|hasOwnProperty|рrice';
  it.each(others.split('|'))('lets %j pass', (key) => {
    expect(keysOf({ [key]: 1 })).toEqual([]);
  });

  it('reads keys only, and no positions in lists', () => {
    expect(keysOf({ note: 'price', list: ['price', 'status'] })).toEqual([]);
    expect(keysOf('price')).toEqual([]);
    expect(keysOf(null)).toEqual([]);
  });

  it('finds each word however it is spelled', () => {
    const spelled = fc.constantFrom(...FORBIDDEN_WORDS).chain((word) =>
      fc
        .array(fc.tuple(fc.boolean(), fc.constantFrom('', '_', '-', ' ', '\u200b')), {
          minLength: word.length,
          maxLength: word.length,
        })
        .map((marks) =>
          marks.map(([isUpper, mark], at) => (isUpper ? word[at]!.toUpperCase() : word[at]!) + mark).join(''),
        ),
    );
    fc.assert(fc.property(spelled, (key) => keysOf({ a: [{ [key]: null }] }).length === 1));
  });
});

describe('inspectMetadata', () => {
  it('counts `{}` as 1 deep and allows 10', () => {
    expect(inspectMetadata(nested(10, 1)).isTooDeep).toBe(false);
    expect(inspectMetadata(nested(10, {})).isTooDeep).toBe(true);
    expect(inspectMetadata(nested(9, [])).isTooDeep).toBe(false);
  });

  it('says of 10,000 levels that they are too deep, and does not crash', () => {
    expect(isCleanMetadata(nested(10_000, { price: 1 }))).toBe(false);
    expect(inspectMetadata(nested(10_000, 1)).isTooDeep).toBe(true);
  });

  it('allows 16 KiB as PostgreSQL writes them, in bytes', () => {
    const room = MAX_METADATA_BYTES - '{"a": ""}'.length;
    expect(isCleanMetadata({ a: 'x'.repeat(room) })).toBe(true);
    expect(isCleanMetadata({ a: 'x'.repeat(room + 1) })).toBe(false);
    expect(isCleanMetadata({ a: 'é'.repeat(room / 2 + 1) })).toBe(false);
  });

  it.each([[[]], ['text'], [1], [null], [undefined], [true]])('is no metadata: %j', (value) => {
    expect(isCleanMetadata(value)).toBe(false);
  });
});
