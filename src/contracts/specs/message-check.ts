import type { Budget } from './schema/budget.js';
import type { Direction } from './schema/dialect.js';
import { evaluate } from './schema/evaluate.js';
import type { CompiledDocument } from './operations.js';
import type { Violation } from './violation.js';

const MAX_VIOLATIONS = 50;
/** Of a path or a message; the names in them are strangers'. */
const MAX_TEXT = 500;

/** The check of one exchange: what it is checked against, what it may cost, and what was found. */
export class MessageCheck {
  readonly violations: Violation[] = [];

  constructor(
    readonly document: CompiledDocument,
    readonly budget: Budget,
  ) {}

  add(path: string, code: string, message: string): void {
    if (this.violations.length >= MAX_VIOLATIONS) return;
    this.violations.push({ path: storable(path), code, message: storable(message) });
  }

  /**
   * Of several ways to read a value, one must hold; what the first misses is told.
   * @param schema undefined: anything goes
   */
  value(path: string, direction: Direction, schema: unknown, readings: readonly unknown[]): void {
    if (schema === undefined) return;
    const found: Violation[][] = [];
    for (const reading of readings) {
      const violations = this.evaluate(path, direction, schema, reading);
      if (violations.length === 0) return;
      found.push(violations);
    }
    for (const { path: at, code, message } of found[0] ?? []) this.add(at, code, message);
  }

  private evaluate(path: string, direction: Direction, schema: unknown, value: unknown): Violation[] {
    const { dialect, patterns, resolve } = this.document;
    return evaluate(schema, value, path, { dialect, direction, patterns, resolve, budget: this.budget });
  }
}

/** The database stores no NUL characters, which JSON in a text may hold, and no halves of those that a cut goes through. */
const storable = (text: string) => text.slice(0, MAX_TEXT).replaceAll('\0', '\uFFFD').toWellFormed();
