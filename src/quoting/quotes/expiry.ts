import { type QuoteStatus, statusAfter } from './quote-states.js';

/** The part of a quote that the clock has to do with. `validUntil` is a date, `2026-12-31`, and itself still valid. */
export interface Expiring {
  status: QuoteStatus;
  validUntil: string;
}

/** The day in UTC, `2026-11-21`: what dates of quotes and rate cards are compared with. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/**
 * What a quote is on that day, whether or not the sweep has stored it yet. Every decision about a quote starts from this,
 * never from the stored status.
 */
export function statusOn({ status, validUntil }: Expiring, day: string): QuoteStatus {
  const isOver = day > validUntil;
  return isOver && canExpire(status) ? 'expired' : status;
}

const canExpire = (status: QuoteStatus): boolean =>
  statusAfter(status, 'expire', { sendingRequiresApproval: true }) !== undefined;
