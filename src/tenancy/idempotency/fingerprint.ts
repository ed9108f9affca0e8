import { createHash } from 'node:crypto';

/** SHA-256 of what a request asks for: equal for two requests that mean the same, whatever the order of their keys. */
export const fingerprintOf = (method: string, url: string, body: unknown): Buffer =>
  createHash('sha256')
    .update(`${method}\n${url}\n${canonicalJson(body) ?? ''}`)
    .digest();

/** JSON without blanks and with sorted keys; undefined where there is no value. Numbers are as JavaScript read them. */
export const canonicalJson = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, inner: unknown) => (isObject(inner) ? sorted(inner) : inner));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** By code units, the same everywhere; keys that are numbers come first in every object, so in equal ones alike. */
const sorted = (object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
