import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { batchesOf, MAX_BATCH, MAX_BATCH_BYTES } from './batches.js';
import { parseDuration } from './durations.js';
import { parseItems } from './input.js';

const items = fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), {
  minLength: 2,
  maxLength: 20,
});

describe('parseItems', () => {
  it('reads the same from an array and from lines', () => {
    fc.assert(
      fc.property(items, fc.constantFrom('\n', '\r\n', '\n\n'), (list, end) => {
        const lines = list.map((item) => JSON.stringify(item) + end).join('');
        expect(parseItems(lines)).toEqual(parseItems(JSON.stringify(list, null, 2)));
      }),
    );
  });

  it('takes one object as one item, and nothing as none', () => {
    expect(parseItems('{\n"a": 1\n}')).toEqual([{ a: 1 }]);
    expect(parseItems(' \n')).toEqual([]);
  });

  it('names the first line that is no JSON', () => {
    expect(() => parseItems('{"a":1}\n\n{"a":\n{')).toThrow('Line 3');
    expect(() => parseItems('[{"a":1},')).toThrow('not valid JSON');
  });
});

describe('batchesOf', () => {
  it('keeps all items in their order, and to the limits of the server', () => {
    const sized = fc
      .array(fc.nat(300_000), { maxLength: 40 })
      .map((sizes) => sizes.map((n) => 'x'.repeat(n)));
    fc.assert(
      fc.property(sized, (list) => {
        const batches = batchesOf(list);
        expect(batches.flat()).toEqual(list);
        for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThan(MAX_BATCH_BYTES + 3);
      }),
      { numRuns: 20 },
    );
    expect(batchesOf(Array.from({ length: 1_001 }, () => 1)).map(({ length }) => length)).toEqual([
      MAX_BATCH,
      MAX_BATCH,
      1,
    ]);
    expect(batchesOf([])).toEqual([]);
  });

  it('sends an item that is larger than the server takes alone', () =>
    expect(batchesOf([1, 'x'.repeat(MAX_BATCH_BYTES), 2]).map(({ length }) => length)).toEqual([1, 1, 1]));
});

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['24h', 86_400_000],
    ['25h', undefined],
    ['30', undefined],
    ['-1s', undefined],
    ['1.5s', undefined],
    ['s', undefined],
    ['', undefined],
  ])('reads %p as %p milliseconds', (text, ms) => expect(parseDuration(text)).toBe(ms));
});
