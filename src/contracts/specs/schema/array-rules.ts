import { type SchemaObject, listOf } from './dialect.js';
import { type Evaluation, holds } from './evaluation.js';
import { evaluatedItems } from './unevaluated.js';
import { textOf } from './scalar-rules.js';

/** The rules for arrays. */
export function arrayRules(
  schema: SchemaObject,
  value: unknown[],
  path: string,
  evaluation: Evaluation,
): void {
  const { findings } = evaluation;
  const { minItems, maxItems, uniqueItems } = schema;
  evaluation.budget.spend(value.length);
  if (typeof minItems === 'number' && value.length < minItems)
    findings.add(path, 'minItems', `must not have fewer than ${minItems} items`);
  if (typeof maxItems === 'number' && value.length > maxItems)
    findings.add(path, 'maxItems', `must not have more than ${maxItems} items`);
  if (uniqueItems === true && hasDuplicates(value, evaluation))
    findings.add(path, 'uniqueItems', 'must not have equal items');
  itemRules(schema, value, path, evaluation);
  if (schema['contains'] !== undefined) containsRule(schema, value, path, evaluation);
  if (schema['unevaluatedItems'] !== undefined) unevaluatedRule(schema, value, path, evaluation);
}

function hasDuplicates(value: unknown[], { budget }: Evaluation): boolean {
  return new Set(value.map((item) => textOf(item, budget))).size < value.length;
}

function itemRules(schema: SchemaObject, value: unknown[], path: string, evaluation: Evaluation): void {
  const prefix = listOf(schema['prefixItems']);
  for (const [index, item] of value.entries()) {
    const ofItem = index < prefix.length ? prefix[index] : schema['items'];
    if (ofItem === undefined) continue;
    evaluation.apply(ofItem, item, `${path}.${index}`, evaluation);
  }
}

function containsRule(schema: SchemaObject, value: unknown[], path: string, evaluation: Evaluation): void {
  const { minContains = 1, maxContains } = schema;
  const count = value.filter((item) => holds(schema['contains'], item, evaluation)).length;
  if (typeof minContains === 'number' && count < minContains)
    evaluation.findings.add(path, 'contains', `must contain at least ${minContains} valid items`);
  if (typeof maxContains === 'number' && count > maxContains)
    evaluation.findings.add(path, 'contains', `must contain at most ${maxContains} valid items`);
}

function unevaluatedRule(schema: SchemaObject, value: unknown[], path: string, evaluation: Evaluation): void {
  const evaluated = evaluatedItems(schema, value, evaluation);
  for (const [index, item] of value.entries()) {
    if (!evaluated.has(index))
      evaluation.apply(schema['unevaluatedItems'], item, `${path}.${index}`, evaluation);
  }
}
