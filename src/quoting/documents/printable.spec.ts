import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printable } from './printable.js';

describe('a text in a document', () => {
  it.each([
    ['<script>alert(1)</script> #read("/etc/passwd") $x$'],
    ['two\nlines and a\ttab'],
    ['تطوير موقع إلكتروني (Phase 2)'],
    ['פיתוח אתר\u200f!'],
    ['👩‍💻 🇩🇪 ❤️ 👍🏽'],
    ['हिन्दी, Tiếng Việt, cafe\u0301'],
  ])('stays what it says: %p', (text) => {
    expect(printable(text)).toBe(text);
  });

  it.each([
    ['control characters', 'bell\u0007, escape\u001b[31m, C1\u009b', 'bell, escape[31m, C1'],
    ['overrides of direction', 'total \u202e00.001\u202c EUR \u2066x', 'total 00.001 EUR x'],
    ['carriage returns', 'a\r\nb\rc', 'a\nbc'],
    ['half a pair', 'half \ud83d of a pair', 'half \ufffd of a pair'],
    ['piles of marks', `Z${'\u0335'.repeat(4_000)}algo`, `Z${'\u0335'.repeat(8)}algo`],
  ])('loses %s', (_, text, printed) => {
    expect(printable(text)).toBe(printed);
  });

  it('changes no more the second time', () => {
    const unit = fc.oneof(
      fc.constantFrom('\r', '\n', '\u202e', '\u2069', '\u0301', 'a'),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    );
    const disturbing = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''));
    fc.assert(
      fc.property(disturbing, (text) => {
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
});
