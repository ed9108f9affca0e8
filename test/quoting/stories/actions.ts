import type { QuoteAction, QuoteStatus } from '../../../src/quoting/quotes/quote-states.js';
import type { Answer } from '../../support/app.js';
import { done } from '../desk.js';
import { desk, office } from '../here.js';

export const REASON = { reason: 'for a reason' };
/** What people do, and with which body. */
export const ACTIONS = {
  submit: () => ({ approverId: office.people.approver.id }),
  approve: () => ({}),
  'reject-approval': () => REASON,
  send: () => ({}),
  accept: () => ({}),
  reject: () => REASON,
  cancel: () => REASON,
  revise: () => ({}),
} satisfies Partial<Record<QuoteAction, () => object>>;
export type Asked = keyof typeof ACTIONS;

/** As whoever may. */
export const act = (id: string, action: Asked): Promise<Answer> =>
  desk.post(`/quotes/${id}/${action}`, ACTIONS[action](), /appro/.test(action) ? 'approver' : undefined);
export const acted = async (id: string, action: Asked) => done(await act(id, action)).body;

/** A quote in that state. */
export const BROUGHT: Record<QuoteStatus, () => Promise<Answer['body']>> = {
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
