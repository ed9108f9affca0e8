import type { Violation } from '../violation.js';
import { arrayRules } from './array-rules.js';
import { compositionRules } from './composition-rules.js';
import { type SchemaObject, type Scope, isObject } from './dialect.js';
import { type Evaluation, Findings } from './evaluation.js';
import { objectRules } from './object-rules.js';
import { scalarRules } from './scalar-rules.js';

/**
 * Where `value` contradicts `schema`. An interpreter: what is read from the schema is only what `value` needs, so that a
 * document of megabytes costs nothing beforehand, cycles are no matter, and every step is paid from the scope's budget.
 * Throws `BudgetSpent`.
 */
export function evaluate(schema: unknown, value: unknown, path: string, scope: Scope): Violation[] {
  const findings = new Findings();
  apply(schema, value, path, { ...scope, findings, apply });
  return findings.all;
}

function apply(schema: unknown, value: unknown, path: string, evaluation: Evaluation): void {
  if (schema === false) evaluation.findings.add(path, 'false schema', 'must not be there');
  if (!isObject(schema)) return;
  evaluation.budget.enter();
  if (typeof schema['$ref'] === 'string') applyReference(schema['$ref'], value, path, evaluation);
  // In 3.0 a reference stands alone: what is beside it does not count.
  if (typeof schema['$ref'] !== 'string' || evaluation.dialect === '3.1')
    applyRules(schema, value, path, evaluation);
  evaluation.budget.leave();
}

function applyReference(reference: string, value: unknown, path: string, evaluation: Evaluation): void {
  const target = evaluation.resolve(reference);
  if (target !== undefined) evaluation.apply(target, value, path, evaluation);
}

function applyRules(schema: SchemaObject, value: unknown, path: string, evaluation: Evaluation): void {
  // By the letter `nullable` needs a `type` beside it and null in an `enum`; by usage it always lets null in.
  if (value === null && evaluation.dialect === '3.0' && schema['nullable'] === true) return;
  scalarRules(schema, value, path, evaluation);
  if (Array.isArray(value)) arrayRules(schema, value, path, evaluation);
  else if (isObject(value)) objectRules(schema, value, path, evaluation);
  compositionRules(schema, value, path, evaluation);
}
