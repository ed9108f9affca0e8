import { Injectable } from '@nestjs/common';
import type { Metadata } from '../../database/index.js';
import type { Precondition } from '../../http/index.js';
import type { Principal } from '../../identity/index.js';
import { differences } from '../versions/differences.js';
import { isMaterialChange } from '../versions/material-change.js';
import { contentAccess, mayChangeContent } from './content-lock.js';
import type { LineDraft, QuoteTerms } from './draft.types.js';
import { priceDraft } from './price-draft.js';
import { quoteAnswer } from './quote-answer.js';
import { QuoteMoves } from './quote-moves.service.js';
import { snapshotOf } from './quote-snapshot.js';
import { type LockedQuote, QuoteStore } from './quote-store.service.js';
import type { QuoteDto } from './quote-answers.dto.js';

/** What a quote is to say. */
export interface Edited {
  terms: QuoteTerms;
  lines: readonly LineDraft[];
  metadata?: Metadata;
}

/** Who edits, what they saw, and how the audit log names it. */
export interface Editing {
  by: Principal;
  ifMatch: Precondition;
  verb: string;
  /** Metadata is no content, and not locked with it. */
  isContent?: boolean;
}

/** The one way to change what a quote says: locked first, priced anew, kept as a version where it matters. */
@Injectable()
export class QuoteEdits {
  constructor(
    private readonly store: QuoteStore,
    private readonly moves: QuoteMoves,
  ) {}

  /** Throws `QUOTE_NOT_FOUND`, `QUOTE_STATE`, `PRICING_REFUSED`, and whatever `change` does. */
  async edit(
    id: string,
    { by, ifMatch, verb, isContent = true }: Editing,
    change: (quote: LockedQuote) => Promise<Edited>,
  ): Promise<QuoteDto> {
    const locked = await this.store.lock(id, ifMatch);
    const canForce = by.scopes.includes('quotes:force-edit');
    if (isContent && !mayChangeContent(locked.status, canForce))
      throw await this.moves.wrongState(locked, 'edit');
    const { terms, lines: drafts, metadata = locked.row.metadata } = await change(locked);
    const { lines, figures } = priceDraft(terms, drafts);
    const { subtotal, discountAmount, taxAmount, totalAmount } = figures;
    const content = { ...terms, subtotal, discountAmount, taxAmount, totalAmount };
    const before = snapshotOf(locked.row, locked.lines);
    const after = snapshotOf(content, lines);
    const isForced = contentAccess(locked.status) === 'forced';
    const makesVersion = isForced ? differences(before, after).length > 0 : isMaterialChange(before, after);
    const version = locked.row.version + Number(makesVersion);
    const [, row] = await Promise.all([
      this.store.storeLines(id, locked.lines, lines),
      this.store.update(id, { ...content, metadata, version }),
      makesVersion && this.store.writeVersion(id, isForced ? 'changed by force' : null),
      this.store.record(verb, id, { version, totalAmount, ...(isForced && { forced: true }) }),
    ]);
    return quoteAnswer(row, lines);
  }
}
