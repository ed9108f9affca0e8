import type { Violation } from '../violation.js';
import { type SchemaObject, listOf } from './dialect.js';
import { type Evaluation, holds, trial } from './evaluation.js';

/** `allOf`, `anyOf`, `oneOf`, `not`, and `if`. */
export function compositionRules(
  schema: SchemaObject,
  value: unknown,
  path: string,
  evaluation: Evaluation,
): void {
  for (const each of listOf(schema['allOf'])) evaluation.apply(each, value, path, evaluation);
  if (Array.isArray(schema['anyOf'])) anyOfRule(schema['anyOf'], value, path, evaluation);
  if (Array.isArray(schema['oneOf'])) oneOfRule(schema['oneOf'], value, path, evaluation);
  if (schema['not'] !== undefined && holds(schema['not'], value, evaluation))
    evaluation.findings.add(path, 'not', 'must not match the schema in "not"');
  if (schema['if'] !== undefined && evaluation.dialect === '3.1')
    conditionalRule(schema, value, path, evaluation);
}

function anyOfRule(branches: unknown[], value: unknown, path: string, evaluation: Evaluation): void {
  const found: Violation[][] = [];
  for (const branch of branches) {
    const violations = trial(branch, value, path, evaluation);
    if (violations.length === 0) return;
    found.push(violations);
  }
  report('anyOf', found, path, evaluation);
}

function oneOfRule(branches: unknown[], value: unknown, path: string, evaluation: Evaluation): void {
  const found = branches.map((branch) => trial(branch, value, path, evaluation));
  const matching = found.filter((violations) => violations.length === 0).length;
  if (matching === 0) report('oneOf', found, path, evaluation);
  if (matching > 1)
    evaluation.findings.add(path, 'oneOf', `must match one schema of "oneOf", not ${matching}`);
}

/** Where only one branch is for such a value at all, what that one misses says more than that none holds. */
function report(code: string, found: Violation[][], path: string, { findings }: Evaluation): void {
  const near = found.filter(
    (violations) => !violations.some((violation) => isOfAnotherKind(violation, path)),
  );
  if (near.length !== 1) return findings.add(path, code, `must match a schema of "${code}"`);
  for (const violation of near[0]!) findings.add(violation.path, violation.code, violation.message);
}

const KINDS = new Set(['type', 'const', 'enum']);

/** Another type, or another discriminator. */
function isOfAnotherKind(violation: Violation, path: string): boolean {
  if (!KINDS.has(violation.code)) return false;
  return violation.path === path || (violation.code !== 'type' && isChild(violation.path, path));
}

const isChild = (path: string, parent: string) =>
  path.startsWith(`${parent}.`) && !path.slice(parent.length + 1).includes('.');

function conditionalRule(schema: SchemaObject, value: unknown, path: string, evaluation: Evaluation): void {
  const branch = holds(schema['if'], value, evaluation) ? schema['then'] : schema['else'];
  if (branch !== undefined) evaluation.apply(branch, value, path, evaluation);
}
