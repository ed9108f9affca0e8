import { describe, expect, it } from '@jest/globals';
import { factsOfLines } from '../../../test/support/quote-facts.js';
import { quoteDocument } from './quote-document.js';
import type { QuoteFacts } from './quote-facts.js';
import { QUOTE_PDF_TEMPLATE } from './quote-pdf-template.js';
import { TypstRefusal, TypstTimeout, type TypstTask, typst } from './typst.js';

const TIMEOUT_MS = 60_000;
const LIMITS = { cpuMs: 20_000, memoryBytes: 2 ** 30 };
const ENDLESS = '#for i in range(10000) { for j in range(10000) { let x = calc.sin(j) } }';
const run = (task: Partial<TypstTask>, timeoutMs = TIMEOUT_MS, signal?: AbortSignal) =>
  typst({ source: '', inputs: {}, limits: LIMITS, ...task }, timeoutMs, signal);
const pdfOf = (facts: QuoteFacts) =>
  run({ source: QUOTE_PDF_TEMPLATE, inputs: { document: JSON.stringify(quoteDocument(facts)) } });
const factsOfTexts = (texts: string[]): QuoteFacts => {
  const facts = factsOfLines(texts.length);
  return { ...facts, lines: facts.lines.map((line, index) => ({ ...line, description: texts[index]! })) };
};
const TEXTS = [
  '#panic("no") #read("/etc/passwd") $x^2$ *b* @ref ` \\ #{1+1} ]}',
  '<script>alert(1)</script>"\'&',
  'تطوير موقع إلكتروني (Phase 2) פיתוח אתר',
  '👩‍💻 🇩🇪 ❤️ cafe\u0301 Z\u0335\u0336algo a\u200db\u200b\u2060',
  '日本語 한국어 ไทย ཀ, which no font has',
  'one\n\n\ntwo\n',
];
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type ?\/Page\b/g)?.length;

describe('the PDF of a quote', () => {
  it('takes every text for text', async () => {
    const [pdf, again] = [await pdfOf(factsOfTexts(TEXTS)), await pdfOf(factsOfTexts(TEXTS))];
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pagesOf(pdf)).toBe(1);
    expect(again.equals(pdf)).toBe(true);
  });

  it('has pages for a thousand lines, and room for a text without spaces', async () => {
    const [many, long] = [await pdfOf(factsOfLines(1_000)), await pdfOf(factsOfLines(1, 'a'.repeat(4_000)))];
    expect(pagesOf(many)).toBeGreaterThan(25);
    expect(pagesOf(long)).toBe(2);
  });
});

describe('a document that is hostile to the compiler', () => {
  it('is refused where it makes it panic, and nothing else comes to harm', async () => {
    await expect(pdfOf(factsOfLines(1, 'क्'.repeat(2_000)))).rejects.toThrow(TypstRefusal);
    expect(pagesOf(await pdfOf(factsOfLines(1)))).toBe(1);
  });

  it('is refused where it takes too much time, or memory', async () => {
    const endless = run({ source: ENDLESS, limits: { ...LIMITS, cpuMs: 500 } });
    await expect(endless).rejects.toThrow(TypstRefusal);
    const greedy = '#let a = ("x",) * 1000; #for i in range(1000000) { a.push("x" * 100000) }';
    const tooLarge = run({ source: greedy, limits: { ...LIMITS, memoryBytes: 200 * 2 ** 20 } });
    await expect(tooLarge).rejects.toThrow(TypstRefusal);
  });

  it('is given up after a while, which is not its fault', async () => {
    await expect(run({ source: ENDLESS }, 300)).rejects.toThrow(TypstTimeout);
  });

  it('is given up once nobody waits for it', async () => {
    const waiting = new AbortController();
    const made = run({ source: ENDLESS }, TIMEOUT_MS, waiting.signal);
    waiting.abort();
    await expect(made).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('Typst', () => {
  it('says what is wrong with its source', async () => {
    await expect(run({ source: '#unknown' })).rejects.toThrow('unknown variable: unknown');
  });

  it('reads no file', async () => {
    for (const source of ['#read("/etc/passwd")', '#read("package.json")'])
      await expect(run({ source })).rejects.toThrow('file not found');
  });
});
