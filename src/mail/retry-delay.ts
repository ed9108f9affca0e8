const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;

/** After this many failed attempts, about a day, a mail is given up. */
export const MAX_ATTEMPTS = 30;

/** How long the n-th attempt (from 1) puts off the next, in milliseconds: doubling, at most an hour. */
export const retryDelayMs = (attempt: number): number => Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_MS);
