import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  QUOTE_ACTIONS,
  QUOTE_STATUSES,
  type QuoteRules,
  allowedActions,
  needsReason,
  statusAfter,
} from './quote-states.js';

const strict: QuoteRules = { sendingRequiresApproval: true };
const free: QuoteRules = { sendingRequiresApproval: false };
const ways = (rules: QuoteRules) =>
  QUOTE_STATUSES.flatMap((from) =>
    QUOTE_ACTIONS.flatMap((action) => {
      const to = statusAfter(from, action, rules);
      return to ? [`${from} -${action}-> ${to}`] : [];
    }),
  );

describe('the states of a quote', () => {
  it('have these ways between them and no other', () => {
    expect(ways(strict)).toEqual([
      'draft -submit-> pending',
      'draft -cancel-> cancelled',
      'pending -approve-> approved',
      'pending -reject-approval-> rejected',
      'pending -cancel-> cancelled',
      'approved -send-> sent',
      'approved -cancel-> cancelled',
      'sent -view-> viewed',
      'sent -accept-> accepted',
      'sent -reject-> rejected',
      'sent -expire-> expired',
      'sent -cancel-> cancelled',
      'viewed -accept-> accepted',
      'viewed -reject-> rejected',
      'viewed -expire-> expired',
      'viewed -cancel-> cancelled',
      'rejected -revise-> draft',
      'expired -revise-> draft',
    ]);
  });

  it('have one more where the tenant asks for no approval: a draft may be sent', () => {
    expect(ways(free).filter((way) => !ways(strict).includes(way))).toEqual(['draft -send-> sent']);
    expect(ways(strict).filter((way) => !ways(free).includes(way))).toEqual([]);
  });

  it('end with accepted and cancelled', () => {
    expect(QUOTE_STATUSES.filter((status) => allowedActions(status, free).length === 0)).toEqual([
      'accepted',
      'cancelled',
    ]);
  });

  it('tell people what they can do, not what the clock or a link does', () => {
    expect(allowedActions('sent', strict)).toEqual([
      { action: 'accept', to: 'accepted' },
      { action: 'reject', to: 'rejected' },
      { action: 'cancel', to: 'cancelled' },
    ]);
  });

  it('want a reason from whoever rejects or cancels', () => {
    expect(QUOTE_ACTIONS.filter(needsReason)).toEqual(['reject-approval', 'reject', 'cancel']);
  });

  it('let nothing be accepted that was not sent, however it came to be, nor sent that was not approved', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...QUOTE_ACTIONS), { maxLength: 40 }), (actions) => {
        let status = statusAfter('draft', 'submit', strict)!;
        let done: string[] = ['submit'];
        for (const action of actions) {
          const next = statusAfter(status, action, strict);
          if (!next) continue;
          if (action === 'accept') expect(done).toContain('send');
          if (action === 'send') expect(done).toContain('approve');
          done = action === 'revise' ? [] : [...done, action];
          status = next;
        }
      }),
    );
  });
});
