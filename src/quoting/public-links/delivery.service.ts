import { Injectable } from '@nestjs/common';
import type { DeliveryDto, QuoteLinkDto } from '../quotes/quote-actions.dto.js';
import { QuoteMoves } from '../quotes/quote-moves.service.js';
import { QuoteStore } from '../quotes/quote-store.service.js';
import { publicAccess } from './public-access.js';
import { QuoteLinks } from './quote-links.service.js';

/** Gives out links to quotes that are on offer, and takes them back. */
@Injectable()
export class Delivery {
  constructor(
    private readonly store: QuoteStore,
    private readonly moves: QuoteMoves,
    private readonly links: QuoteLinks,
  ) {}

  /** Throws `QUOTE_STATE` where the quote was not sent, or was answered. */
  async deliver(quoteId: string): Promise<DeliveryDto> {
    const quote = await this.store.lock(quoteId);
    if (publicAccess(quote.status, NEW, new Date()) !== 'answerable')
      throw await this.moves.wrongState(quote, 'deliver');
    const { id, token, expiresAt } = await this.links.issue(quoteId, quote.row.validUntil);
    return { id, token, path: `/v1/public/quotes/${token}`, expiresAt };
  }

  async list(quoteId: string): Promise<QuoteLinkDto[]> {
    await this.store.mustExist(quoteId);
    return this.links.listOf(quoteId);
  }

  /** Behind the quote's lock: an answer that came first counts, and none after it. Throws `QUOTE_LINK_NOT_FOUND`. */
  async revoke(quoteId: string, linkId: string): Promise<void> {
    await this.store.lock(quoteId);
    await this.links.revoke(quoteId, linkId);
  }
}

const NEW = { expiresAt: '9999-12-31T00:00:00.000Z', revokedAt: null };
