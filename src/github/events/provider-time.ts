/** Seconds: what is larger would lie beyond the year 9999. */
const LATEST_SECONDS = 253_402_300_799;

/**
 * GitHub's times come as text with an offset, or as seconds since 1970, also within one kind of event. Answers RFC 3339 in
 * UTC with milliseconds, so that two of them compare as texts; undefined where it is neither.
 */
export function providerTime(value: unknown): string | undefined {
  if (typeof value === 'number')
    return Number.isInteger(value) && value >= 0 && value <= LATEST_SECONDS
      ? toText(value * 1_000)
      : undefined;
  return typeof value === 'string' ? toText(Date.parse(value)) : undefined;
}

function toText(ms: number): string | undefined {
  const text = Number.isNaN(ms) ? '' : new Date(ms).toISOString();
  return /^\d{4}-/.test(text) ? text : undefined; // years outside of these four digits begin with a sign
}
