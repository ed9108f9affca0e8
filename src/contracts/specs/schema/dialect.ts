import type { Patterns } from './patterns.js';
import type { Budget } from './budget.js';

/** Schemas of OpenAPI 3.0 (a dialect of its own) and 3.1 (JSON Schema 2020-12). */
export type Dialect = '3.0' | '3.1';

/** A request leaves out what is `readOnly`, a response what is `writeOnly`. */
export type Direction = 'request' | 'response';

export type SchemaObject = Record<string, unknown>;

/** All that a schema is evaluated in. */
export interface Scope {
  dialect: Dialect;
  direction: Direction;
  budget: Budget;
  patterns: Patterns;
  /** What a `$ref` names; undefined: nothing. */
  resolve: (reference: string) => unknown;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const entriesOf = (value: unknown): [string, unknown][] =>
  isObject(value) ? Object.entries(value) : [];

/** What stands at `key` of the object itself, not of its prototype: the keys are strangers'. */
export const own = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
