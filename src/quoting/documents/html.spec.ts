import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { html } from './html.js';

const CHARACTERS: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" };
const unescaped = (markup: string) => markup.replaceAll(/&([^;]+);/g, (_, name: string) => CHARACTERS[name]!);

describe('a value in markup', () => {
  it('is what it was, and nothing but text', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom('<', '>', '"', "'", '&', '`', '/', '=', ' ', '#', 'lt;', '$', '\\'), {
        maxLength: 20,
      }),
    );
    fc.assert(
      fc.property(hostile, (value) => {
        const text = String(value);
        const { text: markup } = html`<p title="${text}">${text}</p>`;
        const [, attribute, content] = /^<p title="([^"<>]*)">([^"'<>]*)<\/p>$/.exec(markup)!;
        expect([attribute, content].map((part) => unescaped(part!))).toEqual([text, text]);
      }),
      { examples: [['$&'], ['&#60;b&#62;'], ['</p><script>']] },
    );
  });

  it('is markup where it is made by the same tag, and nothing where it is null', () => {
    const items = ['a', '<'].map((text) => html`<li>${text}</li>`);
    expect(html`<b>${items}${null}</b>`.text).toBe('<b><li>a</li><li>&lt;</li></b>');
  });
});
