import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, createTestApp } from '../support/app.js';
import { noteSecret } from '../support/test-logs.js';
import { Desk, type Item, JANE, type Office, done, inDays, line, openOffice, visitor } from './desk.js';

let office: Office;
let desk: Desk;
beforeAll(async () => {
  office = await openOffice({ RATE_LIMIT_FAILED_SIGN_INS: '100000' });
});
afterAll(() => office.close());
beforeEach(() => {
  desk = new Desk(office);
});

/** A quote with everything in it that customers must not see. */
const SECRETS = { internalNotes: 'INTERNAL-NOTE', metadata: { tag: 'METADATA-VALUE' } };
const secretLine = () => line({ unitCost: '4242.4242', metadata: { tag: 'METADATA-OF-LINE' } });
const offered = async (rest: Item = {}) => {
  const quote = await desk.sent({ ...SECRETS, lines: [secretLine()], ...rest });
  const token = await desk.delivered(quote.id);
  noteSecret(token);
  return { quote, token, link: visitor(office, token) };
};
const stored = async (sql: string, ...values: unknown[]) =>
  (await office.database.query(sql, values)).rows[0] as Record<string, unknown>;
const code = ({ status, body }: Answer) => [status, body.code];
const NO_LINK = [404, 'QUOTE_LINK_NOT_FOUND'];
const OFF = [409, 'QUOTE_STATE'];
const all = async (link: ReturnType<typeof visitor>, version = 1) => [
  code(await link.read()),
  code(await link.accept({ ...JANE, version })),
  code(await link.reject({ reason: 'no' })),
];

describe('a link', () => {
  it('shows the quote to whoever has it; the first look is noted, once', async () => {
    const { quote, link } = await offered({ terms: 'Pay soon', notes: 'Hello' });
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

/** Names and values that no answer to a visitor may have. */
const LEAKS =
  /INTERNAL|METADATA|4242|internal|metadata|unitCost|cost|margin|rateSource|rateCard|createdBy|approvedBy|customerId|exchangeRate|tenant/i;

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

describe('an attack on links', () => {
  const tokenOf = (tenantId: string, secret = randomBytes(32)) =>
    `quo_${Buffer.concat([Buffer.from(tenantId.replaceAll('-', ''), 'hex'), secret]).toString('base64url')}`;

  it('by guesses finds nothing, and each guess is answered the same', async () => {
    const { token } = await offered();
    const flipped = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    const secret = Buffer.from(token.slice(4), 'base64url').subarray(16);
    const guesses = [
      'x',
      'quo_',
      flipped,
      token.toLowerCase(),
      `${token}A`,
      `${token}%00`,
      token.replace('quo_', 'QUO_'),
      tokenOf(office.acme.id),
      // The right secret, in another tenant; in none; in the operators' own.
      tokenOf(office.globex.id, secret),
      tokenOf('01920000-0000-7000-8000-000000000000', secret),
      tokenOf('00000000-0000-0000-0000-000000000001', secret),
      encodeURIComponent("' OR '1'='1"),
      '%E0%A4%A',
      '..%2F..%2Fquotes',
    ];
    const answers = [];
    for (const guess of guesses) {
      const link = visitor(office, guess);
      answers.push(
        await link.read(),
        await link.accept({ ...JANE, version: 1 }),
        await link.reject({ reason: 'x' }),
      );
    }
    const told = answers
      .filter(({ status }) => status === 404)
      .map(({ text }) => text.replace(/"instance":"[^"]+"/, ''));
    expect(answers.filter(({ status }) => status !== 404).map(({ status }) => status)).toEqual([
      400, 400, 400,
    ]);
    expect(new Set(told.filter((text) => text.includes('QUOTE_LINK'))).size).toBe(1);
    expect(told.filter((text) => !text.includes('QUOTE_LINK'))).toEqual([]);
    expect((await visitor(office, token).read()).status).toBe(200);
  });

  it('with a link that was revoked finds nothing; others lead on', async () => {
    const { quote, link } = await offered();
    const other = visitor(office, await desk.delivered(quote.id));
    const [, first] = (await desk.get(`/quotes/${quote.id}/links`)).body.data;
    const url = `/quotes/${quote.id}/links/${first.id}`;
    expect((await desk.as(office.globex.apiKey).delete(url)).status).toBe(404);
    expect((await desk.delete(url)).status).toBe(204);
    expect(await all(link)).toEqual([NO_LINK, NO_LINK, NO_LINK]);
    expect(code(await desk.delete(url))).toEqual(NO_LINK);
    expect((await other.read()).status).toBe(200);
    expect((await desk.get(`/quotes/${quote.id}/links`)).body.data[1].revokedAt).toEqual(expect.any(String));
  });

  it('after the validity of the quote, or of the link, is told so, and changes nothing', async () => {
    const { quote, link } = await offered();
    await stored(`UPDATE quote_links SET expires_at = now() - interval '1 s' WHERE quote_id = $1`, quote.id);
    const OVER = [410, 'QUOTE_EXPIRED'];
    expect(await all(link)).toEqual([OVER, OVER, OVER]);
    expect((await desk.read(quote.id)).status).toBe('sent');
    const late = await offered();
    await stored(
      `UPDATE quotes SET valid_from = '2020-01-01', valid_until = '2020-12-31' WHERE id = $1`,
      late.quote.id,
    );
    expect(await all(late.link)).toEqual([OVER, OVER, OVER]);
    expect((await late.link.read()).body.detail).toContain('2020-12-31');
    expect(await stored(`SELECT status, viewed_at FROM quotes WHERE id = $1`, late.quote.id)).toEqual({
      status: 'sent',
      viewed_at: null,
    });
  });

  it('on a quote that was cancelled or is revised shows nothing of it', async () => {
    const { quote, link } = await offered();
    done(await desk.post(`/quotes/${quote.id}/cancel`, { reason: 'x' }));
    expect(await all(link)).toEqual([OFF, OFF, OFF]);
    const again = await offered();
    await again.link.reject({ reason: 'no' });
    done(await desk.post(`/quotes/${again.quote.id}/revise`));
    expect(await all(again.link)).toEqual([NO_LINK, NO_LINK, NO_LINK]);
  });

  it('of a tenant that is suspended, or has no quoting any more, finds nothing', async () => {
    const operator = { as: office.operator.apiKey };
    const url = `/v1/admin/tenants/${office.acme.id}`;
    const { link } = await offered();
    const feature = (enabled: boolean) =>
      office.call('PUT', `${url}/features/quoting`, { ...operator, body: { enabled } });
    done(await feature(false));
    expect(await all(link)).toEqual([NO_LINK, NO_LINK, NO_LINK]);
    done(await feature(true));
    done(await office.call('POST', `${url}/suspend`, { ...operator, body: { reason: 'x' } }));
    expect(await all(link)).toEqual([NO_LINK, NO_LINK, NO_LINK]);
    done(await office.call('POST', `${url}/reactivate`, { ...operator, body: { reason: 'x' } }));
    expect((await link.read()).status).toBe(200);
  });

  it('by many requests is slowed down, before the database is asked', async () => {
    const few = await createTestApp({
      sharing: office,
      environment: { RATE_LIMITS: 'free=20,pro=20,enterprise=20', RATE_LIMIT_FAILED_SIGN_INS: '3' },
    });
    try {
      const { token } = await offered();
      const guesses = await Promise.all(
        Array.from({ length: 6 }, () => visitor(few, tokenOf(office.acme.id)).read()),
      );
      expect(guesses.map(({ status }) => status).toSorted()).toEqual([404, 404, 404, 429, 429, 429]);
      // Who guessed so often has to wait, also with a link that is good.
      expect((await visitor(few, token).read()).body.detail).toContain(
        'Too many credentials from your address',
      );
      const answers = [];
      for (let count = 0; count < 6; count++) answers.push(await visitor(few, token).read());
      expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
      expect(answers.at(-1)!.body.detail).toContain('Your address has sent too many requests');
      expect(answers.at(-1)!.headers).toHaveProperty('retry-after');
    } finally {
      await few.close();
    }
  });
});
