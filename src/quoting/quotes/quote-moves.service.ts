import { Injectable } from '@nestjs/common';
import type { Problem } from '../../http/index.js';
import { type WrongState, quotingProblems } from '../quoting.problems.js';
import { quoteAnswer } from './quote-answer.js';
import { TenantQuoteRules } from './quote-rules.js';
import { type QuoteAction, type QuoteStatus, allowedActions, statusAfter } from './quote-states.js';
import { type LockedQuote, type QuoteChange, QuoteStore } from './quote-store.service.js';
import type { QuoteDto } from './quote-answers.dto.js';

/** From one state to another, for all who move quotes: asked of a quote that is locked, by the tenant's rules. */
@Injectable()
export class QuoteMoves {
  constructor(
    private readonly store: QuoteStore,
    private readonly rules: TenantQuoteRules,
  ) {}

  /** Throws `QUOTE_STATE`. */
  async statusAfter(quote: LockedQuote, action: QuoteAction): Promise<QuoteStatus> {
    const to = statusAfter(quote.status, action, await this.rules.current());
    if (!to) throw await this.wrongState(quote, action);
    return to;
  }

  /** To be thrown, with what is allowed instead. */
  async wrongState({ row, status }: LockedQuote, attempt: WrongState['attempt']): Promise<Problem> {
    const allowed = allowedActions(status, await this.rules.current());
    return quotingProblems.quoteState({ number: row.number, status, attempt, allowed });
  }

  /** Stores what an action makes of a quote; `told` stands in the audit log beside it. Throws `QUOTE_STATE`. */
  async make(
    quote: LockedQuote,
    action: QuoteAction,
    change: QuoteChange = {},
    told: Record<string, unknown> = {},
  ): Promise<QuoteDto> {
    const { id } = quote.row;
    const status = await this.statusAfter(quote, action);
    const [row] = await Promise.all([
      this.store.update(id, { ...change, status }),
      this.store.record(
        action.replace('-', '_'),
        id,
        { from: quote.status, status, ...told },
        change.reason ?? undefined,
      ),
    ]);
    return quoteAnswer(row, quote.lines);
  }
}
