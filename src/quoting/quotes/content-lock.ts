import type { QuoteStatus } from './quote-states.js';

/**
 * Who may change what a quote says (its lines, prices, dates, texts): whoever may write quotes, who may force an edit,
 * or nobody.
 */
export type ContentAccess = 'open' | 'forced' | 'closed';

const ACCESS: Record<QuoteStatus, ContentAccess> = {
  draft: 'open',
  pending: 'open',
  approved: 'forced',
  sent: 'forced',
  viewed: 'forced',
  // What a customer accepted stays what they accepted.
  accepted: 'closed',
  // These are changed by revising them.
  rejected: 'closed',
  expired: 'closed',
  cancelled: 'closed',
};

/** From `approved` on content is locked. Ask with the status of today (`statusOn()`). */
export const contentAccess = (status: QuoteStatus): ContentAccess => ACCESS[status];

/** Whether the caller may change the content; every forced change makes a version, also one that is not material. */
export const mayChangeContent = (status: QuoteStatus, canForceEdit: boolean): boolean =>
  ACCESS[status] === 'open' || (ACCESS[status] === 'forced' && canForceEdit);
