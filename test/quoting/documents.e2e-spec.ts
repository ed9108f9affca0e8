import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantDatabase, Transactions, newId } from '../../src/database/index.js';
import { customers } from '../../src/quoting/customers/customers.schema.js';
import { amountText } from '../../src/quoting/documents/formats.js';
import type { QuoteFacts } from '../../src/quoting/documents/quote-facts.js';
import { decimal, sum } from '../../src/money/index.js';
import { projects } from '../../src/quoting/projects/projects.schema.js';
import { quoteLines } from '../../src/quoting/quotes/quote-lines.schema.js';
import { quotes } from '../../src/quoting/quotes/quotes.schema.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { factsOfLines, factsSaying, someFacts } from '../support/quote-facts.js';
import { quoteContent, quoteLine } from '../support/quote-snapshots.js';

const SECRET = 'nobody outside knows';
const HTML = 'text/html';
const PDF = 'application/pdf';

let api: TestApp;
beforeAll(async () => {
  // With one connection, whoever keeps it while a PDF is made keeps everybody waiting.
  api = await createTestApp({ environment: { DATABASE_POOL_MAX: '1' } });
});
afterAll(() => api.close());

const read = (id: string, accept?: string, headers: Record<string, string> = {}, as = api.acme.apiKey) =>
  api.call('GET', `/v1/quotes/${id}/document`, { as, headers: { ...(accept && { accept }), ...headers } });

/** Puts the facts into acme's tables, each quote with a customer of its own; answers the quote's id. */
async function stored(facts: QuoteFacts): Promise<string> {
  const tenantId = api.acme.id;
  const [id, customerId, projectId] = [newId(), newId(), newId()];
  const db = api.app.get(TenantDatabase);
  await api.app.get(Transactions).withTenant(tenantId, { access: 'write' }, async () => {
    await db.insert(customers).values({ ...facts.customer, tenantId, id: customerId, number: `C-${id}` });
    await db
      .insert(projects)
      .values({ tenantId, id: projectId, customerId, code: `P-${id}`, name: 'Website' });
    await db.insert(quotes).values({
      ...quoteContent,
      ...facts.quote,
      tenantId,
      id,
      customerId,
      projectId,
      number: `Q-${id}`,
      status: facts.status,
      internalNotes: SECRET,
      metadata: { a: SECRET },
      createdBy: SECRET,
      reason: SECRET,
      taxAmount: sum(facts.lines.map(({ tax }) => decimal(tax))).toFixed(2),
      acceptedAt: facts.status === 'accepted' ? facts.quote.acceptedAt : null,
    });
    const rows = facts.lines.map((line) => {
      const { lineId, ...content } = quoteLine(newId());
      const total = decimal(line.net).plus(decimal(line.tax)).toFixed(2);
      const own = { tenantId, id: lineId, quoteId: id, total, unitCost: '77.7700', metadata: { a: SECRET } };
      return { ...content, ...line, ...own };
    });
    await db.insert(quoteLines).values(rows);
  });
  return id;
}

describe('the document of a quote', () => {
  let id: string;
  beforeAll(async () => {
    id = await stored(someFacts({ quote: { validUntil: '2999-12-31' } }));
  });

  it.each([undefined, '*/*', 'text/*', 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8'])(
    'is a page for %s',
    async (accept) => {
      const { status, headers, text } = await read(id, accept);
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toMatch(/^<!doctype html>[^]*<\/html>\s*$/);
      for (const shown of [
        `Q-${id}`,
        'Website redesign',
        'Acme Corporation GmbH',
        '6,000.00',
        '7,003.50 EUR',
      ])
        expect(text).toContain(shown);
    },
  );

  it('is a file for application/pdf, whose name is its number', async () => {
    const { status, headers, text } = await read(id, PDF);
    expect([status, headers['content-type']]).toEqual([200, PDF]);
    expect(headers['content-disposition']).toBe(`inline; filename="Q-${id}.pdf"`);
    expect(text).toMatch(/^%PDF-[^]*%%EOF\s*$/);
  });

  it.each(['application/json', 'image/png'])('is 406 for %s, and says what there is', async (accept) => {
    expect(await read(id, accept)).toMatchObject({
      status: 406,
      body: { code: 'NOT_ACCEPTABLE', detail: expect.stringContaining('text/html or application/pdf') },
    });
  });

  it.each([HTML, PDF])(
    'as %s is not sent again where it is the same, and is after a change',
    async (accept) => {
      const { etag, vary } = (await read(id, accept)).headers;
      const again = await read(id, accept, { 'if-none-match': String(etag) });
      expect(again).toMatchObject({ status: 304, text: '', headers: { etag, vary } });
      await api.database.query(`UPDATE quotes SET title = title || '!' WHERE id = $1`, [id]);
      expect((await read(id, accept, { 'if-none-match': String(etag) })).status).toBe(200);
    },
  );

  it('is there for who may read quotes, and not for another tenant', async () => {
    const made = await api.call('POST', '/v1/api-keys', {
      as: api.acme.apiKey,
      body: { name: 'customers', scopes: ['customers:read'] },
    });
    expect((await read(id, HTML, {}, made.body.apiKey)).body).toMatchObject({ code: 'SCOPE_MISSING' });
    for (const accept of [HTML, PDF]) {
      expect(await read(id, accept, {}, api.globex.apiKey)).toMatchObject({
        status: 404,
        headers: { 'content-type': expect.stringContaining('application/problem+json') },
        body: { code: 'QUOTE_NOT_FOUND' },
      });
      expect((await read(newId(), accept)).status).toBe(404);
    }
  });

  it('goes with its quote', async () => {
    const deleted = await stored(someFacts({ status: 'draft' }));
    expect((await read(deleted)).text).toContain('<strong class="mark">Draft</strong>');
    await api.database.query('UPDATE quotes SET deleted_at = now() WHERE id = $1', [deleted]);
    expect((await read(deleted)).status).toBe(404);
  });

  it('says that a quote is expired, before the sweep has stored it', async () => {
    const over = await stored(someFacts({ quote: { validFrom: '2020-01-01', validUntil: '2020-01-31' } }));
    expect((await read(over)).text).toContain('<strong class="mark">Expired</strong>');
  });

  it('shows the figures that the quote has, and a sum of lines that comes to them', async () => {
    const post = async (url: string, body: object) =>
      (await api.call('POST', url, { as: api.acme.apiKey, body })).body;
    await post('/v1/tax-rates', { taxClass: 'standard', rate: '0.15', validFrom: '2020-01-01' });
    const { id: customerId } = await post('/v1/customers', { companyName: 'Beta Ltd' });
    const quote = await post('/v1/quotes', {
      customerId,
      title: 'App',
      currency: 'CHF',
      validFrom: '2026-11-21',
      validUntil: '2999-12-31',
      discountType: 'fixed',
      discountValue: '0.05',
      pricesIncludeTax: true,
      lines: [
        { description: 'Work', quantity: '40', unit: 'hour', unitPrice: '172.5', unitCost: '77.77' },
        { description: 'Travel', quantity: '100', unit: 'piece', unitPrice: '0.85', taxClass: 'exempt' },
      ],
    });
    expect(quote).toMatchObject({ subtotal: '6085.00', discountAmount: '0.05' });
    const cells = [...(await read(quote.id)).text.matchAll(/class="figure[^"]*"[^>]*>([^<]*)</g)];
    const rows = [
      ['Quantity', 'Unit price', 'Tax', 'Amount'],
      ['40 hours', '172.50', '15%', '6,000.00'],
      ['100 pieces', '0.85', '0%', '85.00'],
      ['6,085.00', '−0.05', '6,084.95', amountText(quote.taxes[0].tax), '0.00'],
      [`${amountText(quote.totalAmount)} CHF`],
    ];
    expect(cells.map(([, text]) => text!.trim())).toEqual(rows.flat());
  });

  it('says nothing of notes, costs, metadata and people of the house', async () => {
    const { text } = await read(await stored(someFacts({ status: 'accepted' })));
    expect(text).toContain('Ann Buyer, CFO');
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('77.77');
  });
});

describe('a document with hostile texts', () => {
  it('is a page that shows them, and a browser that runs nothing', async () => {
    const { text, headers } = await read(await stored(factsSaying('<script>alert(1)</script>')));
    expect(text).not.toContain('<script');
    expect(text.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(15);
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /^default-src 'none';style-src 'sha256-\S+';base-uri 'none';form-action 'none';frame-ancestors 'none';sandbox$/,
      ),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
  });

  it('is refused as a PDF where it makes the compiler panic, and is a page all the same', async () => {
    const id = await stored(factsOfLines(1, 'क्'.repeat(2_000)));
    const refused = await read(id, PDF);
    expect(refused).toMatchObject({ status: 422, body: { code: 'DOCUMENT_REFUSED' } });
    expect(refused.headers).toMatchObject({ 'cache-control': 'private, no-store' });
    expect(refused.headers).not.toHaveProperty('etag');
    expect((await read(id)).status).toBe(200);
  });
});

describe('PDFs that take their time', () => {
  it('keep no other request waiting', async () => {
    const id = await stored(factsOfLines(1_000));
    const answered: string[] = [];
    const note = (type: string) => async () => {
      const { status } = await read(id, type);
      answered.push(`${type} ${status}`);
    };
    await Promise.all([note(PDF)(), note(HTML)()]);
    expect(answered).toEqual([`${HTML} 200`, `${PDF} 200`]);
  });

  it('are refused where too many of a tenant wait, with the time to come back', async () => {
    const id = await stored(someFacts());
    const answers = await Promise.all(Array.from({ length: 8 }, () => read(id, PDF)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 503, 503, 503]);
    expect(answers.find(({ status }) => status === 503)).toMatchObject({
      headers: { 'retry-after': '2' },
      body: { code: 'DOCUMENT_BUSY' },
    });
  });
});
