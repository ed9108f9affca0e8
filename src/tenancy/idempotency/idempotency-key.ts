const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;
const QUOTED = /^"((?:[^"\\]|\\["\\])*)"$/;

/**
 * The key in an `Idempotency-Key` header; undefined where it is not valid. The IETF's draft writes it as a string with
 * quotes (RFC 9651), nearly everybody sends it bare: `"a"` and `a` are the same key.
 */
export function parseIdempotencyKey(header: string): string | undefined {
  const text = header.trim();
  const key = text.startsWith('"') ? QUOTED.exec(text)?.[1]?.replaceAll(/\\(["\\])/g, '$1') : text;
  return key !== undefined && VISIBLE_ASCII.test(key) ? key : undefined;
}
