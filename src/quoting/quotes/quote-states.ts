export const QUOTE_STATUSES = [
  'draft',
  'pending',
  'approved',
  'sent',
  'viewed',
  'accepted',
  'rejected',
  'expired',
  'cancelled',
] as const;
export type QuoteStatus = (typeof QUOTE_STATUSES)[number];

/** What can be done to a quote. `view` and `expire` are done by the public link and the clock, the rest by people. */
export const QUOTE_ACTIONS = [
  'submit',
  'approve',
  'reject-approval',
  'send',
  'view',
  'accept',
  'reject',
  'expire',
  'cancel',
  'revise',
] as const;
export type QuoteAction = (typeof QUOTE_ACTIONS)[number];

interface Transition {
  from: readonly QuoteStatus[];
  to: QuoteStatus;
}

const TRANSITIONS: Record<QuoteAction, Transition> = {
  submit: { from: ['draft'], to: 'pending' },
  approve: { from: ['pending'], to: 'approved' },
  'reject-approval': { from: ['pending'], to: 'rejected' },
  send: { from: ['approved'], to: 'sent' },
  view: { from: ['sent'], to: 'viewed' },
  accept: { from: ['sent', 'viewed'], to: 'accepted' },
  reject: { from: ['sent', 'viewed'], to: 'rejected' },
  expire: { from: ['sent', 'viewed'], to: 'expired' },
  cancel: { from: ['draft', 'pending', 'approved', 'sent', 'viewed'], to: 'cancelled' },
  revise: { from: ['rejected', 'expired'], to: 'draft' },
};

/** Where a tenant does not ask for approval, a draft may be sent at once; approval stays possible. */
const SEND_UNAPPROVED: Transition = { from: ['draft', 'approved'], to: 'sent' };

/** How a tenant has it. */
export interface QuoteRules {
  sendingRequiresApproval: boolean;
}

/** One action that a status allows, and where it leads. */
export interface AllowedAction {
  action: QuoteAction;
  to: QuoteStatus;
}

/** The status after an action; undefined: the status does not allow it. There is no other way between statuses. */
export function statusAfter(
  status: QuoteStatus,
  action: QuoteAction,
  rules: QuoteRules,
): QuoteStatus | undefined {
  const { from, to } = transition(action, rules);
  return from.includes(status) ? to : undefined;
}

/** What people may do instead, for the error of an action that is not allowed; none: the status is final. */
export const allowedActions = (status: QuoteStatus, rules: QuoteRules): AllowedAction[] =>
  QUOTE_ACTIONS.flatMap((action) => {
    const to = statusAfter(status, action, rules);
    return to && !HAPPENING.includes(action) ? [{ action, to }] : [];
  });

/** Nobody asks for these. */
const HAPPENING: readonly QuoteAction[] = ['view', 'expire'];

const transition = (action: QuoteAction, { sendingRequiresApproval }: QuoteRules): Transition =>
  action === 'send' && !sendingRequiresApproval ? SEND_UNAPPROVED : TRANSITIONS[action];

const WITH_REASON: readonly QuoteAction[] = ['reject-approval', 'reject', 'cancel'];

/** Whoever ends a quote says why. */
export const needsReason = (action: QuoteAction): boolean => WITH_REASON.includes(action);
