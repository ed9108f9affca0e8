import { Injectable } from '@nestjs/common';
import type { Precondition } from '../../http/index.js';
import { ApprovalRequests } from '../approvals/approval-requests.service.js';
import { QuoteLinks } from '../public-links/quote-links.service.js';
import { quotingProblems } from '../quoting.problems.js';
import { dayOf } from './expiry.js';
import type { AcceptQuoteDto } from './quote-actions.dto.js';
import { quoteAnswer } from './quote-answer.js';
import { QuoteMoves } from './quote-moves.service.js';
import { QuoteStore } from './quote-store.service.js';
import type { QuoteDto } from './quote-answers.dto.js';

/** Marks of what became of a quote, which a revision begins without. */
const UNMARKED = {
  approvedBy: null,
  approvedAt: null,
  sentAt: null,
  viewedAt: null,
  rejectedAt: null,
  reason: null,
};

/** The ways of a quote between its states, but for approval. Of two at once the second finds what the first left. */
@Injectable()
export class QuoteTransitions {
  constructor(
    private readonly store: QuoteStore,
    private readonly moves: QuoteMoves,
    private readonly approvals: ApprovalRequests,
    private readonly links: QuoteLinks,
  ) {}

  /** Throws `QUOTE_STATE`, `QUOTE_EMPTY`, `VALIDITY_OVER`. */
  async send(id: string, ifMatch: Precondition): Promise<QuoteDto> {
    const quote = await this.store.lock(id, ifMatch);
    await this.moves.statusAfter(quote, 'send');
    const { validUntil } = quote.row;
    if (quote.lines.length === 0) throw quotingProblems.quoteEmpty();
    if (validUntil < dayOf(new Date())) throw quotingProblems.validityOver(validUntil);
    return this.moves.make(quote, 'send', { sentAt: now() });
  }

  /** The customer said so to somebody of the tenant. Throws `QUOTE_STATE`. */
  async accept(id: string, { name, role }: AcceptQuoteDto, ifMatch: Precondition): Promise<QuoteDto> {
    const quote = await this.store.lock(id, ifMatch);
    const by = { acceptedByName: name ?? null, acceptedByRole: role ?? null };
    return this.moves.make(quote, 'accept', { acceptedAt: now(), ...by });
  }

  /** Throws `QUOTE_STATE`. */
  async reject(id: string, reason: string, ifMatch: Precondition): Promise<QuoteDto> {
    const quote = await this.store.lock(id, ifMatch);
    return this.moves.make(quote, 'reject', { rejectedAt: now(), reason });
  }

  /** Nobody need approve it any more. Throws `QUOTE_STATE`. */
  async cancel(id: string, reason: string, ifMatch: Precondition): Promise<QuoteDto> {
    const quote = await this.store.lock(id, ifMatch);
    const cancelled = await this.moves.make(quote, 'cancel', { reason });
    await this.approvals.cancelOf(id, reason);
    return cancelled;
  }

  /** A draft again, as a version of its own; what was delivered leads nowhere. Throws `QUOTE_STATE`. */
  async revise(id: string, ifMatch: Precondition): Promise<QuoteDto> {
    const quote = await this.store.lock(id, ifMatch);
    const status = await this.moves.statusAfter(quote, 'revise');
    const version = quote.row.version + 1;
    const [row] = await Promise.all([
      this.store.update(id, { ...UNMARKED, status, version }),
      this.store.writeVersion(id, `revised after it was ${quote.status}`),
      this.links.revokeAllOf(id),
      this.store.record('revise', id, { from: quote.status, status, version }),
    ]);
    return quoteAnswer(row, quote.lines);
  }
}

const now = (): string => new Date().toISOString();
