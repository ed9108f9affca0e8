import { isObject } from './schema/dialect.js';

/** The query of a recorded request: an object as it is, a text or what stands behind the path as a form. */
export function queryOf({ query, path }: Record<string, unknown>): Record<string, unknown> {
  if (isObject(query)) return query;
  const text = typeof query === 'string' ? query : typeof path === 'string' ? path.split('?')[1] : undefined;
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text ?? '')) {
    const others = values.get(name);
    if (others) others.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}

/** With lower-case names. */
export const headersOf = (headers: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Without parameters, in lower case; undefined: none is named. */
export function contentTypeOf({ headers }: Record<string, unknown>): string | undefined {
  const value = isObject(headers) ? headersOf(headers)['content-type'] : undefined;
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first.split(';')[0]!.trim().toLowerCase() : undefined;
}
