import { describe, expect, it } from '@jest/globals';
import { JANE, done, inDays, type Item } from '../desk.js';
import { desk, office } from '../here.js';
import { LEAKS, OFF, all, code, offered, stored } from './offers.js';

describe('a link', () => {
  it('shows the quote to whoever has it; the first look is noted, once', async () => {
    const { quote, link, token } = await offered({ terms: 'Pay soon', notes: 'Hello' });
    // What mail programs send to see whether a link works is no look.
    expect((await office.call('HEAD', `/v1/public/quotes/${token}`)).status).toBe(200);
    expect((await desk.read(quote.id)).status).toBe('sent');
    const first = await link.read();
    expect(first).toMatchObject({
      status: 200,
      body: {
        seller: 'Acme Ltd',
        customer: `Customer of ${desk.currency}`,
        number: quote.number,
        version: 1,
        status: 'viewed',
        canAnswer: true,
        totalAmount: '6900.00',
        terms: 'Pay soon',
        notes: 'Hello',
        taxes: [{ taxRate: '0.1500', net: '6000.00', tax: '900.00' }],
        lines: [{ description: 'Development', quantity: '40.0000', unitPrice: '150.0000', total: '6900.00' }],
      },
    });
    const { status, viewedAt } = await desk.read(quote.id);
    expect([status, typeof viewedAt]).toEqual(['viewed', 'string']);
    expect((await link.read()).body).toEqual(first.body);
    expect((await desk.read(quote.id)).viewedAt).toBe(viewedAt);
    expect(first.headers).toMatchObject({ 'cache-control': 'private, no-store' });
  });

  it('lets them accept, as the version that they were shown', async () => {
    const { quote, link } = await offered();
    const { body: shown } = await link.read();
    const answer = await link.accept({ ...JANE, version: shown.version });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'accepted', canAnswer: false, acceptedByName: 'Jane Doe', acceptedByRole: 'Buyer' },
    });
    expect(await desk.read(quote.id)).toMatchObject({ status: 'accepted', acceptedByName: 'Jane Doe' });
    const entry = await stored(
      `SELECT actor_type, actor_id, ip, new_values ->> 'status' AS status FROM audit_log
        WHERE entity_id = $1 ORDER BY id DESC LIMIT 1`,
      quote.id,
    );
    expect(entry).toEqual({
      actor_type: 'system',
      actor_id: 'quote-link',
      ip: '127.0.0.1',
      status: 'accepted',
    });
  });

  it('lets them reject, and say why', async () => {
    const { quote, link } = await offered();
    expect(await link.reject({ reason: 'Too dear' })).toMatchObject({
      status: 200,
      body: { status: 'rejected' },
    });
    expect(await desk.read(quote.id)).toMatchObject({ status: 'rejected', reason: 'Too dear' });
  });

  it('used again after the answer shows it, and takes no other', async () => {
    const { link } = await offered();
    const { body } = await link.accept({ ...JANE, version: 1 });
    expect(await all(link)).toEqual([[200, undefined], OFF, OFF]);
    expect((await link.read()).body).toEqual(body);
    // What the tenant could do instead is nobody else's business.
    const again = await link.accept({ ...JANE, version: 1 });
    expect(again.body).toMatchObject({ detail: expect.stringContaining('answered already') });
    expect(again.body).not.toHaveProperty('errors');
  });

  it('accepts nothing that was changed after it was shown', async () => {
    const { quote, link } = await offered();
    const { body: shown } = await link.read();
    done(await desk.patch(`/quotes/${quote.id}/lines/${quote.lines[0].id}`, { unitPrice: '999' }));
    const refused = await link.accept({ ...JANE, version: shown.version });
    expect(code(refused)).toEqual([409, 'QUOTE_CHANGED']);
    expect((await desk.read(quote.id)).status).toBe('viewed');
    expect((await link.accept({ ...JANE, version: (await link.read()).body.version })).status).toBe(200);
  });

  it.each<Item>([
    {},
    { ...JANE, termsAccepted: false },
    { ...JANE, termsAccepted: 'true' },
    { ...JANE, name: ' ' },
    { ...JANE, name: 7 },
    { ...JANE, role: '' },
    { ...JANE, version: 0 },
    { ...JANE, version: '1' },
    { ...JANE, totalAmount: '1.00' },
    { ...JANE, status: 'accepted' },
  ])('accepts nothing with %j', async (body) => {
    const { quote, link } = await offered();
    expect((await link.accept({ version: 1, ...body })).status).toBe(400);
    expect((await link.reject({ reason: '', ...body })).status).toBe(400);
    expect((await desk.read(quote.id)).status).toBe('sent');
  });

  it('needs no login, and a login adds nothing', async () => {
    const { token } = await offered();
    const url = `/v1/public/quotes/${token}`;
    const answers = await Promise.all(
      [office.acme.apiKey, office.globex.apiKey, 'rh_nonsense'].map((as) => office.call('GET', url, { as })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const { text } of answers) expect(text).not.toMatch(LEAKS);
  });

  it('is stored as a digest only, and named in no log', async () => {
    const { quote, token } = await offered();
    const { token_digest: digest } = await stored(
      `SELECT token_digest FROM quote_links WHERE quote_id = $1`,
      quote.id,
    );
    expect((digest as Buffer).length).toBe(32);
    const { found } = await stored(
      `SELECT count(*)::int AS found FROM audit_log WHERE audit_log::text LIKE '%' || $1 || '%'`,
      token,
    );
    expect(found).toBe(0);
    expect((await desk.get(`/quotes/${quote.id}/links`)).text).not.toContain(token);
  });

  it('is made for what is on offer only', async () => {
    for (const { id } of [
      await desk.drafted(),
      await desk.submitted(),
      await desk.approved(),
      await desk.expired(),
    ])
      expect(code(await desk.post(`/quotes/${id}/deliver`))).toEqual(OFF);
  });

  it('lives as long as the quote is valid, but for 30 days at most', async () => {
    const expiryOf = async (validUntil: string) => {
      const { id } = await desk.sent({ validUntil });
      return done(await desk.post(`/quotes/${id}/deliver`)).body.expiresAt as string;
    };
    expect(await expiryOf(inDays(3))).toBe(`${inDays(4)}T00:00:00.000Z`);
    expect((await expiryOf('2999-12-31')).slice(0, 10)).toBe(inDays(30));
  });
});

describe('what a link never tells', () => {
  it('are notes of the tenant, costs, metadata, ids, or who works there, whatever is answered', async () => {
    const { quote, link } = await offered();
    const answers = [
      await link.read(),
      await link.accept({}),
      await link.accept({ ...JANE, version: 7 }),
      await link.reject({ reason: 'no' }),
      await link.read(),
      await link.accept({ ...JANE, version: 1 }),
    ];
    const ids = [
      quote.id,
      quote.customerId,
      quote.createdBy,
      office.acme.id,
      office.people.approver.id,
      quote.lines[0].id,
    ];
    for (const { text } of answers) {
      expect(text).not.toMatch(LEAKS);
      for (const id of ids) expect(text).not.toContain(id);
    }
  });
});
