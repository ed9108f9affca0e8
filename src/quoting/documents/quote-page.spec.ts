import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { factsOfLines, factsSaying, someFacts } from '../../../test/support/quote-facts.js';
import { quoteDocument } from './quote-document.js';
import { PAGE_POLICY } from './quote-page-style.js';
import { quotePage } from './quote-page.js';

const pageOf = (facts: Parameters<typeof quoteDocument>[0]) => quotePage(quoteDocument(facts));
/** The page without its texts, as a browser would take it apart. */
const tagsOf = (page: string) => page.match(/<[^>]*>/g);

const HOSTILE = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror="alert(1)">`,
  `' onmouseover='alert(1)`,
  `</style><style>*{display:none}</style>`,
  `<!--`,
  `]]><svg onload=alert(1)>`,
  `&lt;b&gt; &#60;`,
  'javascript:alert(1)',
  '{{7*7}} ${7*7} <%= 7*7 %>',
];

describe('the page of a quote', () => {
  it('has the same tags whatever its texts say', () => {
    const harmless = tagsOf(pageOf(factsSaying('harmless')));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        expect(tagsOf(pageOf(factsSaying(`a${text}`)))).toEqual(harmless);
      }),
      { examples: HOSTILE.map((text): [string] => [text]), numRuns: 200 },
    );
  });

  it('shows hostile texts as what they are', () => {
    const times = pageOf(factsSaying('harmless')).split('harmless').length;
    const page = pageOf(factsSaying(HOSTILE[0]!));
    expect(page.split('&lt;script&gt;alert(1)&lt;/script&gt;')).toHaveLength(times);
  });

  it('has no script, and loads nothing', () => {
    expect(pageOf(someFacts())).not.toMatch(
      /<script|<link|<img|<iframe|<form|\b(src|href|style|on\w+)=|url\(|@import/i,
    );
  });

  it('is styled by the one style that its policy lets through', () => {
    const [, style] = /<style>([^]*)<\/style>/.exec(pageOf(someFacts()))!;
    const hash = createHash('sha256').update(style!).digest('base64');
    expect(PAGE_POLICY.split(';')).toEqual(
      expect.arrayContaining(["default-src 'none'", `style-src 'sha256-${hash}'`, 'sandbox']),
    );
  });

  it('lets each text run in its own direction', () => {
    const page = pageOf(factsSaying('תטוير'));
    expect(page.match(/>תטוير/g)).toHaveLength(page.match(/dir="auto">תטוير/g)!.length);
  });

  it('has a row for each of a thousand lines, and says so where there are none', () => {
    expect(pageOf(factsOfLines(1_000)).match(/class="what"/g)).toHaveLength(1_000);
    expect(pageOf(factsOfLines(0))).toContain('No lines yet');
  });
});
