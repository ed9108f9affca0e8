/** A tag may hold a comma, hence no split. RFC 9110, 8.8.3. */
const TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/y;
const SEPARATOR = /[\t ]*(?:,[\t ]*)*/y;
const LIST_COMMA = /,/;

/**
 * What `If-Match` and `If-None-Match` hold (RFC 9110, 13.1): `*`, or entity tags with commas between them. Undefined where
 * it is neither.
 */
export function parseETags(header: string): '*' | string[] | undefined {
  const text = header.trim();
  if (text === '*') return '*';
  const tags: string[] = [];
  for (let at = skip(text, 0); at < text.length;) {
    TAG.lastIndex = at;
    const tag = TAG.exec(text)?.[0];
    if (tag === undefined) return undefined;
    tags.push(tag);
    const end = at + tag.length;
    at = skip(text, end);
    if (at < text.length && !LIST_COMMA.test(text.slice(end, at))) return undefined;
  }
  return tags.length > 0 ? tags : undefined;
}

function skip(text: string, from: number): number {
  SEPARATOR.lastIndex = from;
  return from + (SEPARATOR.exec(text)?.[0].length ?? 0);
}

/** Strong comparison, for writes: a weak tag equals nothing. */
export const matchesStrongly = (tags: '*' | string[], etag: string): boolean =>
  tags === '*' || tags.includes(etag);

/** Weak comparison, for reads: `W/"1"` equals `"1"`. */
export const matchesWeakly = (tags: '*' | string[], etag: string): boolean =>
  tags === '*' || tags.some((tag) => tag.replace(/^W\//, '') === etag);
