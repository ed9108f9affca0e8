const UNITS_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

const DAY_MS = 86_400_000;

/** `500ms`, `30s`, `2m`, `1h` in milliseconds, up to a day; undefined where it is something else. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,6})(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(digits) * (UNITS_MS[unit ?? ''] ?? NaN);
  return ms <= DAY_MS ? ms : undefined;
}
