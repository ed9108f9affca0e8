import { Budget } from './budget.js';
import type { Dialect, Direction } from './dialect.js';
import { evaluate } from './evaluate.js';
import { atPointer } from './json-pointer.js';
import { Patterns } from './patterns.js';

/** How a schema is evaluated in these tests; all has a default. */
interface Options {
  dialect?: Dialect;
  direction?: Direction;
  document?: unknown;
  steps?: number;
}

export const check = (schema: unknown, value: unknown, options: Options = {}) =>
  evaluate(schema, value, 'body', {
    dialect: options.dialect ?? '3.1',
    direction: options.direction ?? 'response',
    budget: new Budget(options.steps ?? 1_000_000),
    patterns: new Patterns(),
    resolve: (reference) => atPointer(options.document, reference),
  });
/** Each violation as `path code`. */
export const codes = (schema: unknown, value: unknown, options?: Options) =>
  check(schema, value, options).map(({ path, code }) => `${path} ${code}`);
