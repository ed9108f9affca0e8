import { describe, expect, it } from '@jest/globals';
import { done } from '../desk.js';
import { desk, office } from '../here.js';
import { REASON, acted } from './actions.js';

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
