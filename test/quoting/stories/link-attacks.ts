import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createTestApp } from '../../support/app.js';
import { JANE, done, visitor } from '../desk.js';
import { desk, office } from '../here.js';
import { NO_LINK, OFF, all, code, offered, stored } from './offers.js';

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
