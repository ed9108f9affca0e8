import type { QuoteStatus } from '../quotes/quote-states.js';
import { type LinkState, isLinkOpen } from './link-expiry.js';

/**
 * What somebody with a public link gets: the quote, with or without the choice to answer it; `expired` (410); `not_offered`
 * (409), while the quote is not, or no longer, on offer; `no_link` (404), where it was revoked or there is none.
 */
export type PublicAccess = 'answerable' | 'readable' | 'expired' | 'not_offered' | 'no_link';

const ACCESS: Record<QuoteStatus, PublicAccess> = {
  sent: 'answerable',
  viewed: 'answerable',
  // Who answered may read what they answered.
  accepted: 'readable',
  rejected: 'readable',
  expired: 'expired',
  // A revision is nobody's business until it is sent.
  draft: 'not_offered',
  pending: 'not_offered',
  approved: 'not_offered',
  cancelled: 'not_offered',
};

/** @param status of the quote today (`statusOn()`) @param link undefined: no digest is that of the token */
export function publicAccess(status: QuoteStatus, link: LinkState | undefined, now: Date): PublicAccess {
  if (!link || link.revokedAt !== null) return 'no_link';
  return isLinkOpen(link, now) ? ACCESS[status] : 'expired';
}
