/** When GitHub says that something was so; of two that say the same time, the higher rank is the later one. */
export interface Stamp {
  /** RFC 3339 in UTC, with milliseconds. */
  at: string;
  rank: number;
}

/** A value and its stamp. */
export type Stamped<T> = T & Stamp;

/**
 * The newer of two, whichever comes first: by time, then by rank, then by content, so that any order of any number of them
 * ends in the same one.
 */
export function newer<T extends Stamp>(one: T | undefined, other: T): T {
  if (one === undefined) return other;
  if (one.at !== other.at) return one.at > other.at ? one : other;
  if (one.rank !== other.rank) return one.rank > other.rank ? one : other;
  return contentOf(one) >= contentOf(other) ? one : other;
}

/** JSON with sorted keys: the database gives objects back with their keys in an order of its own. */
export const contentOf = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
