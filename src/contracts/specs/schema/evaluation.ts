import type { Violation } from '../violation.js';
import type { Scope } from './dialect.js';

const MAX_FINDINGS = 20;

/** An evaluation under way: where the findings go, and how a rule applies a subschema. */
export interface Evaluation extends Scope {
  findings: Findings;
  apply: (schema: unknown, value: unknown, path: string, evaluation: Evaluation) => void;
}

/** The violations found so far; of too many the first, which is enough to see that the message is another one altogether. */
export class Findings {
  readonly all: Violation[] = [];

  add(path: string, code: string, message: string): void {
    if (this.all.length < MAX_FINDINGS) this.all.push({ path, code, message });
  }
}

/** Whether it holds; what does not is nobody's finding. */
export const holds = (schema: unknown, value: unknown, evaluation: Evaluation): boolean =>
  trial(schema, value, '', evaluation).length === 0;

/** What would be found. */
export function trial(schema: unknown, value: unknown, path: string, evaluation: Evaluation): Violation[] {
  const findings = new Findings();
  evaluation.apply(schema, value, path, { ...evaluation, findings });
  return findings.all;
}
