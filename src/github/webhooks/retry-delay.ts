/** After this many failed attempts a delivery is failed, until somebody replays it. */
export const MAX_ATTEMPTS = 3;

/** How long the n-th failed attempt (from 1) puts off the next, in milliseconds. */
export const retryDelayMs = (attempt: number): number => 5_000 * 6 ** (attempt - 1);

/** How long an attempt may take before another process may take it for dead, in milliseconds. */
export const LEASE_MS = 30_000;
