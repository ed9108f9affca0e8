/** Decided by the request and the data it met: the same request again would meet the same, or must not succeed by now. */
const FINAL = new Set([404, 409, 410, 412, 422]);

/** About this attempt, not about what it asked for. */
const OF_THE_ATTEMPT = new Set(['TRANSACTION_CONFLICT', 'IDEMPOTENCY_KEY_IN_USE', 'IDEMPOTENCY_KEY_REUSED']);

/**
 * Is this refusal the answer to its Idempotency-Key? Malformed requests, missing rights, limits and faults of ours are
 * not: the same key may succeed later.
 */
export const isKeptProblem = ({ status, code }: { status: number; code: string }): boolean =>
  FINAL.has(status) && !OF_THE_ATTEMPT.has(code);
