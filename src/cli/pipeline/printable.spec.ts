import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jsonText, printable } from './printable.js';

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const anything = fc.string({ unit: 'binary', maxLength: 600 });

describe('printable', () => {
  it('leaves nothing that a terminal obeys, in one line of bounded length', () => {
    fc.assert(fc.property(anything, (text) => expect(printable(text)).not.toMatch(UNSEEN)));
    expect(printable('x'.repeat(1_000_000))).toHaveLength(503);
  });

  it('leaves ordinary text as it is, in any language', () => {
    for (const text of ['orders-api 1.4.2', 'GET /orders/{id}', 'Größe 注文 🏠'])
      expect(printable(text)).toBe(text);
  });

  it('shows what was there', () =>
    expect(printable('\u001B[31mred\r\n')).toBe(String.raw`\u{1b}[31mred\u{d}\u{a}`));

  it('does not cut a character into halves that are shown', () =>
    expect(printable(`${'x'.repeat(499)}🏠`)).not.toMatch(UNSEEN));
});

describe('jsonText', () => {
  it('says the same as JSON, without what a terminal obeys', () => {
    fc.assert(
      fc.property(fc.dictionary(anything, anything), (value) => {
        const text = jsonText(value);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
