const DAY_MS = 24 * 60 * 60 * 1_000;
/** The longest a public link lives. */
export const MAX_LINK_DAYS = 30;

/**
 * When a public link made now ends: with the last day of the quote's validity (in UTC), but after 30 days at the latest.
 * @param validUntil a date, `2026-12-31`
 */
export function linkExpiry(now: Date, validUntil: string): Date {
  const endOfValidity = new Date(validUntil).getTime() + DAY_MS;
  return new Date(Math.min(endOfValidity, now.getTime() + MAX_LINK_DAYS * DAY_MS));
}

/** A link that was revoked, or whose time is over, leads nowhere. */
export interface LinkState {
  expiresAt: string;
  revokedAt: string | null;
}

export const isLinkOpen = ({ expiresAt, revokedAt }: LinkState, now: Date): boolean =>
  revokedAt === null && now < new Date(expiresAt);
