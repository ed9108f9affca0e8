import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ExpiredQuotesSweeper } from '../../src/quoting/quotes/expired-quotes.sweeper.js';
import {
  QUOTE_STATUSES,
  type QuoteAction,
  type QuoteStatus,
  statusAfter,
} from '../../src/quoting/quotes/quote-states.js';
import type { Answer } from '../support/app.js';
import { Desk, type Item, type Office, done, inDays, line, openOffice } from './desk.js';

let office: Office;
let desk: Desk;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());
beforeEach(() => {
  desk = new Desk(office);
});

const REASON = { reason: 'for a reason' };
/** What people do, and with which body. */
const ACTIONS = {
  submit: () => ({ approverId: office.people.approver.id }),
  approve: () => ({}),
  'reject-approval': () => REASON,
  send: () => ({}),
  accept: () => ({}),
  reject: () => REASON,
  cancel: () => REASON,
  revise: () => ({}),
} satisfies Partial<Record<QuoteAction, () => object>>;
type Asked = keyof typeof ACTIONS;

const act = (id: string, action: Asked): Promise<Answer> =>
  desk.post(`/quotes/${id}/${action}`, ACTIONS[action](), /appro/.test(action) ? 'approver' : undefined);
const acted = async (id: string, action: Asked) => done(await act(id, action)).body;

/** A quote in that state. */
const BROUGHT: Record<QuoteStatus, () => Promise<Answer['body']>> = {
  draft: () => desk.drafted(),
  pending: () => desk.submitted(),
  approved: () => desk.approved(),
  sent: () => desk.sent(),
  viewed: async () => {
    const { id } = await desk.sent();
    await office.call('GET', `/v1/public/quotes/${await desk.delivered(id)}`);
    return desk.read(id);
  },
  accepted: async () => acted((await desk.sent()).id, 'accept'),
  rejected: async () => acted((await desk.sent()).id, 'reject'),
  expired: () => desk.expired(),
  cancelled: async () => acted((await desk.drafted()).id, 'cancel'),
};
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
    for (const action of (Object.keys(ACTIONS) as Asked[]).filter((it) => it !== 'revise'))
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

describe('the content of a quote', () => {
  const edits = async (id: string, lineId: string, as: Desk) => [
    await as.patch(`/quotes/${id}`, { title: `changed ${Math.random()}` }),
    await as.post(`/quotes/${id}/lines`, line()),
    await as.patch(`/quotes/${id}/lines/${lineId}`, { quantity: '7' }),
    await as.put(`/quotes/${id}/lines`, { lines: [line(), line()] }),
    await as.delete(`/quotes/${id}/lines/${lineId}`),
  ];
  let writer: Desk;
  beforeEach(async () => {
    writer = await desk.allowed('quotes:read', 'quotes:write', 'quotes:override-price');
  });

  it.each(['draft', 'pending'] as const)('of one that is %s is changed by whoever writes', async (status) => {
    const { id, lines } = await BROUGHT[status]();
    const statuses = (await edits(id, lines[0].id, writer)).map((answer) => answer.status);
    expect(statuses).toEqual([200, 201, 200, 200, 200]);
  });

  it.each(['approved', 'sent', 'viewed'] as const)(
    'of one that is %s is changed by force only',
    async (status) => {
      const before = await BROUGHT[status]();
      for (const answer of await edits(before.id, before.lines[0].id, writer))
        expect(answer).toMatchObject({ status: 409, body: { code: 'QUOTE_STATE' } });
      expect(await desk.read(before.id)).toEqual(before);
      const versions = (await edits(before.id, before.lines[0].id, desk)).map(({ body }) => body.version);
      expect(versions).toEqual([2, 3, 4, 5, 6]);
      const noted = await desk.patch(`/quotes/${before.id}`, { internalNotes: 'not material, but forced' });
      expect(noted.body.version).toBe(7);
      expect((await desk.patch(`/quotes/${before.id}`, {})).body.version).toBe(7);
      const { body } = await desk.get(`/quotes/${before.id}/versions/2`);
      expect(body).toMatchObject({ reason: 'changed by force', status });
    },
  );

  it.each(['accepted', 'rejected', 'expired', 'cancelled'] as const)(
    'of one that is %s is changed by nobody',
    async (status) => {
      const before = await BROUGHT[status]();
      for (const answer of await edits(before.id, before.lines[0].id, desk)) expect(answer.status).toBe(409);
      expect(await desk.read(before.id)).toEqual(before);
    },
  );
});

describe('the versions of a quote', () => {
  const numbers = async (id: string) =>
    done(await desk.get(`/quotes/${id}/versions`)).body.data.map(({ number }: Item) => number);

  it('are made by changes of values, not by their presence', async () => {
    const { id, lines, title, validUntil } = await desk.drafted();
    await desk.patch(`/quotes/${id}`, { title, validUntil, exchangeRate: '1.0' });
    await desk.patch(`/quotes/${id}/lines/${lines[0].id}`, { quantity: '40.00', unitPrice: 150 });
    await desk.patch(`/quotes/${id}`, { internalNotes: 'customers never see these' });
    await desk.patch(`/quotes/${id}`, {});
    expect(await numbers(id)).toEqual([1]);
    await desk.patch(`/quotes/${id}`, { title: 'App' });
    await desk.patch(`/quotes/${id}/lines/${lines[0].id}`, { quantity: '41' });
    expect(await numbers(id)).toEqual([3, 2, 1]);
  });

  it('keep what was said, and tell the differences both ways', async () => {
    const { id, lines } = await desk.drafted();
    await desk.patch(`/quotes/${id}/lines/${lines[0].id}`, { quantity: '41' });
    const [one, two] = [
      (await desk.get(`/quotes/${id}/versions/1`)).body,
      (await desk.get(`/quotes/${id}/versions/2`)).body,
    ];
    expect([one.quote.totalAmount, two.quote.totalAmount]).toEqual(['6900.00', '7072.50']);
    expect(one.lines).toMatchObject([{ lineId: lines[0].id, quantity: '40.0000' }]);
    const diff = async (n: number, m: number) =>
      (await desk.get(`/quotes/${id}/versions/${n}/diff/${m}`)).body;
    const { changes } = await diff(1, 2);
    expect(changes).toContainEqual({
      kind: 'line_changed',
      lineId: lines[0].id,
      field: 'quantity',
      before: '40.0000',
      after: '41.0000',
    });
    const swapped = changes.map(({ before, after, ...rest }: Item) => ({
      ...rest,
      before: after,
      after: before,
    }));
    expect(await diff(2, 1)).toEqual({ from: 2, to: 1, changes: swapped });
    expect(await diff(1, 1)).toEqual({ from: 1, to: 1, changes: [] });
  });

  it('that are not there, or of another tenant, are not found', async () => {
    const { id } = await desk.drafted();
    const stranger = desk.as(office.globex.apiKey);
    for (const path of ['versions/2', 'versions/1/diff/2', 'versions/2/diff/1'])
      expect((await desk.get(`/quotes/${id}/${path}`)).body.code).toBe('QUOTE_VERSION_NOT_FOUND');
    for (const path of ['versions', 'versions/1', 'versions/1/diff/1', 'lines', 'links'])
      expect((await stranger.get(`/quotes/${id}/${path}`)).body.code).toBe('QUOTE_NOT_FOUND');
    for (const n of ['0', '-1', '1.5', 'x', '2147483648'])
      expect((await desk.get(`/quotes/${id}/versions/${n}`)).status).toBe(400);
  });

  it('go on with a revision', async () => {
    const { id } = await BROUGHT.rejected();
    const revised = await acted(id, 'revise');
    expect(revised).toMatchObject({ version: 2, status: 'draft', rejectedAt: null, reason: null });
    const { body } = await desk.get(`/quotes/${id}/versions/2`);
    expect(body).toMatchObject({ reason: 'revised after it was rejected' });
    expect((await desk.get(`/quotes/${id}/versions/1/diff/2`)).body.changes).toEqual([]);
  });
});

describe('approval', () => {
  const requestsOf = async (id: string, query = '') =>
    done(await desk.get(`/approvals?subject=${id}${query}`)).body.data;
  const decide = (
    id: string,
    verdict: 'approve' | 'reject',
    as?: 'owner' | 'admin' | 'approver' | 'stranger',
  ) => desk.post(`/approvals/${id}/${verdict}`, verdict === 'reject' ? REASON : {}, as);

  it('is asked of a member, and listed', async () => {
    const { id } = await desk.drafted();
    for (const approverId of [office.people.stranger.id, id])
      expect(await desk.post(`/quotes/${id}/submit`, { approverId })).toMatchObject({
        status: 422,
        body: { code: 'APPROVER_NOT_MEMBER' },
      });
    expect((await desk.read(id)).status).toBe('draft');
    const approverId = office.people.approver.id;
    done(await desk.post(`/quotes/${id}/submit`, { approverId, notes: 'please' }));
    expect(await requestsOf(id)).toMatchObject([
      {
        subjectType: 'quote',
        subjectId: id,
        approverId,
        status: 'pending',
        notes: 'please',
        decidedBy: null,
      },
    ]);
    expect(await requestsOf(id, '&status=approved')).toEqual([]);
    expect(await requestsOf(id, `&approver=${office.people.owner.id}`)).toEqual([]);
    expect((await desk.as(office.globex.apiKey).get(`/approvals?subject=${id}`)).body.data).toEqual([]);
  });

  it('is decided by the named approver or an owner, over either route, and by no other', async () => {
    const { id } = await desk.submitted();
    const [request] = await requestsOf(id);
    for (const answer of [
      await desk.post(`/quotes/${id}/approve`, {}),
      await desk.post(`/quotes/${id}/approve`, {}, 'admin'),
      await desk.post(`/quotes/${id}/reject-approval`, REASON, 'admin'),
      await decide(request.id, 'approve'),
      await decide(request.id, 'reject', 'admin'),
      await desk.post(`/approvals/${request.id}/cancel`, REASON, 'admin'),
    ])
      expect(answer).toMatchObject({ status: 403, body: { code: 'NOT_THE_APPROVER' } });
    expect((await desk.post(`/quotes/${id}/approve`, {}, 'stranger')).body.code).toBe('QUOTE_NOT_FOUND');
    expect((await decide(request.id, 'approve', 'stranger')).body.code).toBe('APPROVAL_NOT_FOUND');
    expect((await desk.read(id)).status).toBe('pending');
    const decided = await decide(request.id, 'approve', 'owner');
    expect(decided.body).toMatchObject({ status: 'approved', decidedBy: office.people.owner.id });
    expect(await desk.read(id)).toMatchObject({ status: 'approved', approvedBy: office.people.owner.id });
    expect((await decide(request.id, 'reject', 'approver')).body.code).toBe('APPROVAL_NOT_PENDING');
  });

  it('refused makes the quote a rejected one, with the reason, until it is revised', async () => {
    const { id } = await desk.submitted();
    const [request] = await requestsOf(id);
    expect((await decide(request.id, 'reject', 'approver')).body).toMatchObject({
      status: 'rejected',
      ...REASON,
    });
    expect(await desk.read(id)).toMatchObject({
      status: 'rejected',
      ...REASON,
      rejectedAt: expect.any(String),
    });
    await acted(id, 'revise');
    await acted(id, 'submit');
    expect(await acted(id, 'approve')).toMatchObject({ status: 'approved', reason: null });
  });

  it('asked for over its own route submits the quote; while somebody is asked, nobody else is', async () => {
    const { id } = await desk.drafted();
    const body = { subjectType: 'quote', subjectId: id, approverId: office.people.approver.id };
    const made = await desk.post('/approvals', body);
    expect(made).toMatchObject({ status: 201, body: { status: 'pending', subjectId: id } });
    expect((await desk.read(id)).status).toBe('pending');
    const again = await desk.post('/approvals', body);
    expect(again).toMatchObject({ status: 409, body: { code: 'APPROVAL_PENDING' } });
    const cancelled = await desk.post(`/approvals/${made.body.id}/cancel`, REASON);
    expect(cancelled.body).toMatchObject({ status: 'cancelled', ...REASON });
    expect((await desk.post(`/quotes/${id}/approve`, {}, 'approver')).body.code).toBe('APPROVAL_NOT_PENDING');
    done(await desk.post('/approvals', { ...body, approverId: office.people.admin.id }));
    expect((await desk.post(`/quotes/${id}/approve`, {}, 'admin')).body.status).toBe('approved');
    expect((await desk.post('/approvals', body)).body.code).toBe('QUOTE_STATE');
  });

  it('is no longer asked for once the quote is cancelled', async () => {
    const { id } = await desk.submitted();
    await acted(id, 'cancel');
    expect(await requestsOf(id)).toMatchObject([{ status: 'cancelled', ...REASON }]);
  });
});
