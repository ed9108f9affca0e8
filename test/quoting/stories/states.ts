import { describe, expect, it } from '@jest/globals';
import { ExpiredQuotesSweeper } from '../../../src/quoting/quotes/expired-quotes.sweeper.js';
import { QUOTE_STATUSES, statusAfter } from '../../../src/quoting/quotes/quote-states.js';
import { done, inDays } from '../desk.js';
import { desk, office } from '../here.js';
import { ACTIONS, type Asked, BROUGHT, REASON, act, acted } from './actions.js';

const STRICT = { sendingRequiresApproval: true };

describe.each(QUOTE_STATUSES.filter((status) => status !== 'expired'))('a quote that is %s', (status) => {
  it('goes the ways that the states have, and no other', async () => {
    for (const action of Object.keys(ACTIONS) as Asked[]) {
      const before = await BROUGHT[status]();
      expect(before.status).toBe(status);
      const answer = await act(before.id, action);
      const to = statusAfter(status, action, STRICT);
      if (to) expect(answer).toMatchObject({ status: 200, body: { id: before.id, status: to } });
      else {
        expect(answer).toMatchObject({ status: 409, body: { code: 'QUOTE_STATE' } });
        expect(await desk.read(before.id)).toEqual(before);
      }
    }
  });
});

describe('a quote', () => {
  it('tells what became of it, and when', async () => {
    const approved = await desk.approved();
    expect(approved).toMatchObject({ approvedBy: office.people.approver.id, approvedAt: expect.any(String) });
    const sent = await acted(approved.id, 'send');
    expect(sent).toMatchObject({ sentAt: expect.any(String), acceptedAt: null });
    const accepted = done(await desk.post(`/quotes/${sent.id}/accept`, { name: 'Jane', role: 'Buyer' })).body;
    expect(accepted).toMatchObject({
      acceptedAt: expect.any(String),
      acceptedByName: 'Jane',
      acceptedByRole: 'Buyer',
      version: 1,
    });
  });

  it.each(['reject-approval', 'reject', 'cancel'] as const)('needs a reason for "%s"', async (action) => {
    const { id } = await desk.submitted();
    for (const body of [{}, { reason: '' }, { reason: null }])
      expect((await desk.post(`/quotes/${id}/${action}`, body, 'approver')).status).toBe(400);
  });

  it('without lines, or whose validity is over, is not sent', async () => {
    const { id } = await desk.approved({ lines: [] });
    expect(await act(id, 'send')).toMatchObject({ status: 422, body: { code: 'QUOTE_EMPTY' } });
    const over = await desk.approved({ validFrom: '2020-01-01', validUntil: inDays(-1) });
    expect(await act(over.id, 'send')).toMatchObject({ status: 422, body: { code: 'VALIDITY_OVER' } });
  });

  it('that is a draft may be sent where the tenant asks for no approval, as soon as it says so', async () => {
    const setting = (sendingRequiresApproval: boolean) =>
      office.call('PATCH', '/v1/tenant', {
        as: office.acme.apiKey,
        body: { settings: { quoting: { sendingRequiresApproval } } },
      });
    const { id } = await desk.drafted();
    done(await setting(false));
    expect((await acted(id, 'send')).status).toBe('sent');
    done(await setting(true));
    expect((await act((await desk.drafted()).id, 'send')).status).toBe(409);
  });

  it('is moved by whoever has the scope for it', async () => {
    const reader = await desk.allowed('quotes:read');
    const writer = await desk.allowed('quotes:read', 'quotes:write');
    const { id } = await desk.submitted();
    for (const action of Object.keys(ACTIONS) as Asked[]) {
      const answer = await reader.post(`/quotes/${id}/${action}`, ACTIONS[action]());
      expect(answer).toMatchObject({ status: 403, body: { code: 'SCOPE_MISSING' } });
    }
    expect((await writer.post(`/quotes/${id}/approve`, {})).body.code).toBe('SCOPE_MISSING');
    expect((await writer.post(`/quotes/${id}/cancel`, REASON)).status).toBe(200);
  });
});

describe('a quote whose validity is over', () => {
  it('is expired for everybody at once, and can only be revised', async () => {
    const { id, status, number } = await desk.expired();
    expect(status).toBe('expired');
    for (const action of (Object.keys(ACTIONS) as Asked[]).filter((each) => each !== 'revise'))
      expect(await act(id, action)).toMatchObject({
        status: 409,
        body: { code: 'QUOTE_STATE', errors: [{ code: 'revise', message: 'leads to draft' }] },
      });
    expect((await desk.post(`/quotes/${id}/deliver`)).body.detail).toContain(`Quote ${number} is expired`);
    const revised = await acted(id, 'revise');
    expect(revised).toMatchObject({
      status: 'draft',
      version: 2,
      approvedBy: null,
      sentAt: null,
      viewedAt: null,
    });
  });

  it('is stored so by the sweep, of every tenant, once, and told in the audit log', async () => {
    const stored = async (id: string) =>
      (await office.database.query(`SELECT status FROM quotes WHERE id = $1`, [id])).rows[0]!['status'];
    const { id } = await desk.expired();
    const { id: other } = await desk.sent();
    expect(await stored(id)).toBe('sent');
    const sweeper = office.app.get(ExpiredQuotesSweeper);
    const [one, two] = await Promise.all([sweeper.sweepAll(), sweeper.sweepAll()]);
    expect(one + two).toBeGreaterThan(0);
    expect(await stored(id)).toBe('expired');
    expect(await stored(other)).toBe('sent');
    expect(await sweeper.sweepAll()).toBe(0);
    const { rows } = await office.database.query(
      `SELECT actor_type, actor_id, action FROM audit_log WHERE entity_id = $1 AND action = 'quotes.expire'`,
      [id],
    );
    expect(rows).toEqual([{ actor_type: 'system', actor_id: 'quote-expiry', action: 'quotes.expire' }]);
  });
});
