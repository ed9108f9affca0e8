const MAX_RETRIES = 4;
const FIRST_DELAY_MS = 250;
const JITTER_AFTER_MS = 250;

/** About this attempt, not about what was asked: the same request may be answered differently in a moment. */
const PASSING_STATUSES = new Set([408, 425, 429, 502, 503, 504]);
const PASSING_CODES = new Set(['TRANSACTION_CONFLICT', 'IDEMPOTENCY_KEY_IN_USE']);

/** How an attempt failed; without a status the connection did. */
export interface FailedAttempt {
  /** How many attempts failed before this one. */
  retries: number;
  status?: number | undefined;
  code?: string | undefined;
  /** The server's wish, in milliseconds. */
  retryAfterMs?: number | undefined;
}

/**
 * How long to wait before the next attempt, in milliseconds; undefined: another one would not help. The server's wish is a
 * minimum. Jitter keeps pipelines that failed together from coming back together.
 */
export function retryDelayMs(
  { retries, status, code, retryAfterMs }: FailedAttempt,
  random: () => number = Math.random,
): number | undefined {
  const isPassing =
    status === undefined || PASSING_STATUSES.has(status) || (code !== undefined && PASSING_CODES.has(code));
  if (!isPassing || retries >= MAX_RETRIES) return undefined;
  if (retryAfterMs !== undefined) return retryAfterMs + random() * JITTER_AFTER_MS;
  const delay = FIRST_DELAY_MS * 2 ** retries;
  return delay / 2 + (random() * delay) / 2;
}

/** `Retry-After` (RFC 9110, section 10.2.3), seconds or a date, as milliseconds from now; undefined where it is neither. */
export function readRetryAfter(header: string | null, now = Date.now()): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
