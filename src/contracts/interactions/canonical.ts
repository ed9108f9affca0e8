/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A request (`method`, `path`, `query`, `headers`, `body`) or a response (`status`, `headers`, `body`). */
export type Message = { [key: string]: Json };

/** They say how a message travelled, not what it means. */
const TRANSPORT_HEADERS = new Set(['host', 'user-agent', 'connection', 'accept-encoding', 'content-length']);

/**
 * Different in every recording of the same exchange. Whole names only: dropping what merely contains "date" or "time"
 * would take `update`, `runtime` and `timezone` too, and make different answers equal.
 */
const VOLATILE_KEYS = new Set([
  'timestamp',
  'createdAt',
  'created_at',
  'updatedAt',
  'updated_at',
  'date',
  'time',
]);

/**
 * The same exchange always as the same value: volatile keys are dropped at any depth; of `headers` the names are
 * lower-cased and the transport's dropped. The order of arrays is meaning and stays.
 */
export function canonicalMessage(message: Message): Json {
  const { headers, ...rest } = message;
  const kept = canonical(rest) as { [key: string]: Json };
  return headers === undefined ? kept : { ...kept, headers: canonicalHeaders(headers) };
}

/** JSON with the keys of every object in one order: equal values, equal text. */
export function sortedJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${sortedJson(value[key]!)}`);
  return `{${members.join(',')}}`;
}

function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !VOLATILE_KEYS.has(key))
      .map(([key, child]) => [key, canonical(child)]),
  );
}

/** Header `Date` is volatile like the key; of names that differ in case only, the values are kept in order. */
function canonicalHeaders(headers: Json): Json {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return headers;
  const kept = new Map<string, Json[]>();
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (TRANSPORT_HEADERS.has(key) || VOLATILE_KEYS.has(key)) continue;
    kept.set(key, [...(kept.get(key) ?? []), ...(Array.isArray(value) ? value : [value])]);
  }
  return Object.fromEntries(
    [...kept].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
}
