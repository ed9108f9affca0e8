/**
 * The time of an entry stands in its id (UUIDv7: 48 bits of milliseconds first). So the log has one order and one clock:
 * newest first is by id, and a span of time is a range of the primary key.
 */
const TIME_DIGITS = 12;

/** When the entry with this id was made: RFC 3339 in UTC, with milliseconds. */
export const timeOfId = (id: string): string =>
  new Date(Number.parseInt(id.replace('-', '').slice(0, TIME_DIGITS), 16)).toISOString();

/** The lowest id that an entry made at this instant, or later, can have. */
export function firstIdAt(instant: string): string {
  const ms = Math.max(0, Date.parse(instant));
  const hex = ms.toString(16).padStart(TIME_DIGITS, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
