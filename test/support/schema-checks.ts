import { Budget } from '../../src/contracts/specs/schema/budget.js';
import type { Dialect, Direction } from '../../src/contracts/specs/schema/dialect.js';
import { evaluate } from '../../src/contracts/specs/schema/evaluate.js';
import { atPointer } from '../../src/contracts/specs/schema/json-pointer.js';
import { Patterns } from '../../src/contracts/specs/schema/patterns.js';

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
