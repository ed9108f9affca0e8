import { Injectable } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { TenantDatabase } from '../../database/index.js';
import { customers } from '../customers/customers.schema.js';
import { dayOf, statusOn } from '../quotes/expiry.js';
import { quoteAnswer } from '../quotes/quote-answer.js';
import { QuoteMoves } from '../quotes/quote-moves.service.js';
import type { QuoteAction } from '../quotes/quote-states.js';
import { type LockedQuote, type QuoteChange, QuoteStore } from '../quotes/quote-store.service.js';
import type { QuoteDto } from '../quotes/quote-answers.dto.js';
import { quotingProblems } from '../quoting.problems.js';
import type { LinkState } from './link-expiry.js';
import { type PublicAccess, publicAccess } from './public-access.js';
import { publicQuote } from './public-quote.js';
import type { AcceptByLinkDto, PublicQuoteDto } from './public-quotes.dto.js';
import { QuoteLinks } from './quote-links.service.js';
import { type Visit, type Visitor, Visits } from './visits.service.js';

/** What customers do with a quote that was delivered to them. */
@Injectable()
export class PublicQuotes {
  constructor(
    private readonly db: TenantDatabase,
    private readonly visits: Visits,
    private readonly links: QuoteLinks,
    private readonly store: QuoteStore,
    private readonly moves: QuoteMoves,
  ) {}

  /** The first look is a step of the quote: from then on it is viewed. */
  read(token: string, visitor: Visitor): Promise<PublicQuoteDto> {
    return this.visits.enter(token, visitor, async (visit) => {
      const { row, lines } = await this.store.find(visit.quoteId);
      const isSent = statusOn(row, dayOf(new Date())) === 'sent';
      // HEAD is what programs send to see whether a link works: nobody has seen the quote.
      if (isSent && visitor.method !== 'HEAD') return this.lookFirst(visit);
      const link = await this.links.byDigest(visit.token);
      const access = accessTo({ row, link });
      return this.show(quoteAnswer(row, lines), visit, access);
    });
  }

  /** Throws `QUOTE_CHANGED` where another version was shown. */
  accept(token: string, dto: AcceptByLinkDto, visitor: Visitor): Promise<PublicQuoteDto> {
    const { name, role, version } = dto;
    const change = { acceptedAt: now(), acceptedByName: name, acceptedByRole: role };
    return this.answer(token, visitor, 'accept', change, (quote) => {
      if (quote.row.version !== version) throw quotingProblems.quoteChanged();
    });
  }

  reject(token: string, reason: string, visitor: Visitor): Promise<PublicQuoteDto> {
    return this.answer(token, visitor, 'reject', { rejectedAt: now(), reason });
  }

  private answer(
    token: string,
    visitor: Visitor,
    action: QuoteAction,
    change: QuoteChange,
    check: (quote: LockedQuote) => void = () => undefined,
  ): Promise<PublicQuoteDto> {
    return this.visits.enter(token, visitor, async (visit) => {
      const { quote, access } = await this.lock(visit);
      if (access !== 'answerable') throw quotingProblems.notOnOffer();
      check(quote);
      return this.show(await this.moves.make(quote, action, change), visit, 'readable');
    });
  }

  /** Whoever was here at the same moment may have been first. */
  private async lookFirst(visit: Visit): Promise<PublicQuoteDto> {
    const { quote, access } = await this.lock(visit);
    const seen =
      quote.status === 'sent'
        ? await this.moves.make(quote, 'view', { viewedAt: now() })
        : quoteAnswer(quote.row, quote.lines);
    return this.show(seen, visit, access);
  }

  /** The link is read anew behind the lock, which whoever revokes it takes as well. */
  private async lock({ quoteId, token }: Visit): Promise<{ quote: LockedQuote; access: PublicAccess }> {
    const [quote, link] = await Promise.all([this.store.lock(quoteId), this.links.byDigest(token)]);
    return { quote, access: accessTo({ row: quote.row, link }) };
  }

  private async show(quote: QuoteDto, { tenant }: Visit, access: PublicAccess): Promise<PublicQuoteDto> {
    const [customer] = await this.db
      .select({ name: customers.companyName })
      .from(customers)
      .where(eq(customers.id, quote.customerId));
    const parties = { seller: tenant.name, customer: customer!.name };
    return publicQuote(quote, parties, access === 'answerable');
  }
}

/** Throws `QUOTE_LINK_NOT_FOUND`, `QUOTE_EXPIRED`, or `QUOTE_STATE` where there is nothing to be shown. */
function accessTo({ row, link }: Pick<LockedQuote, 'row'> & { link: LinkState | undefined }): PublicAccess {
  const now = new Date();
  const status = statusOn(row, dayOf(now));
  const access = publicAccess(status, link, now);
  if (access === 'no_link') throw quotingProblems.linkNotFound();
  if (access === 'not_offered') throw quotingProblems.notOnOffer();
  // A link may end before its quote does.
  if (access === 'expired')
    throw quotingProblems.quoteExpired(status === 'expired' ? row.validUntil : link!.expiresAt.slice(0, 10));
  return access;
}

const now = (): string => new Date().toISOString();
