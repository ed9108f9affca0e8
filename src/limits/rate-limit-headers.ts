import type { Quota } from './quotas.js';

/** What is left of a quota, and when it is whole again. */
export interface Standing {
  policy: Quota['policy'];
  remaining: number;
  resetMs: number;
}

/**
 * `"tenant";q=600;w=60`: a list of structured fields (RFC 9651).
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ (10), sections 3 and 4
 */
export const policyHeader = (quotas: Quota[]): string =>
  quotas.map(({ policy, limit, windowSeconds }) => `"${policy}";q=${limit};w=${windowSeconds}`).join(', ');

/** `"tenant";r=599;t=60`. */
export const standingHeader = (standings: Standing[]): string =>
  standings
    .map(({ policy, remaining, resetMs }) => `"${policy}";r=${remaining};t=${wholeSeconds(resetMs)}`)
    .join(', ');

/** Rounded up, so that whoever waits that long does not come too early; `Retry-After: 0` would be no advice. */
export const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));
