const ETAG = Symbol('etag');

interface WithETag {
  [ETAG]?: string;
}

/**
 * Moves `etag`, the row's version (`rowVersion(table)`), from the body of an answer to its header `ETag`. The body may be
 * spread into another: `{ ...withETag(row), apiKey }` keeps it.
 */
export function withETag<T extends { etag: string }>({ etag, ...body }: T): Omit<T, 'etag'> {
  return Object.assign(body, { [ETAG]: `"${etag}"` }); // a symbol: JSON leaves it out
}

/** The strong entity tag of an answer, quotes included; undefined where it carries none. */
export const etagOf = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null ? (body as WithETag)[ETAG] : undefined;
