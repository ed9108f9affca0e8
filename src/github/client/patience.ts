const UNKNOWN_S = 60;

type Headers = Record<string, string | number | undefined>;

/**
 * How many seconds GitHub wants to be left alone, of an answer with this status; undefined: that is not what it says.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function patienceOf(status: number, headers: Headers, now: Date): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const retryAfter = Number(headers['retry-after']);
  if (retryAfter > 0) return Math.ceil(retryAfter);
  if (String(headers['x-ratelimit-remaining']) === '0') {
    const reset = Number(headers['x-ratelimit-reset']) - now.getTime() / 1_000;
    return reset > 0 ? Math.ceil(reset) : 1;
  }
  return status === 429 ? UNKNOWN_S : undefined;
}
