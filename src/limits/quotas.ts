/** How often something may happen in one window. */
export interface Quota {
  /** Which limit it is, in headers and problems. */
  policy: 'tenant' | 'credential';
  limit: number;
  windowSeconds: number;
}

export const WINDOW_SECONDS = 60;

/** What a tenant of that plan may send, and each of its credentials. */
export function quotasOf(
  requestsPerMinute: number,
  credentialPercent: number,
): Record<Quota['policy'], Quota> {
  const credential = Math.max(1, Math.floor((requestsPerMinute * credentialPercent) / 100));
  return {
    tenant: { policy: 'tenant', limit: requestsPerMinute, windowSeconds: WINDOW_SECONDS },
    credential: { policy: 'credential', limit: credential, windowSeconds: WINDOW_SECONDS },
  };
}
