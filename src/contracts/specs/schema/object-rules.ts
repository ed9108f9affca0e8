import { type SchemaObject, listOf, own } from './dialect.js';
import type { Evaluation } from './evaluation.js';
import { schemasOfProperty } from './properties.js';
import { evaluatedProperties } from './unevaluated.js';

/** The rules for objects. */
export function objectRules(
  schema: SchemaObject,
  value: Record<string, unknown>,
  path: string,
  evaluation: Evaluation,
): void {
  const { minProperties, maxProperties } = schema;
  const names = Object.keys(value);
  evaluation.budget.spend(names.length);
  if (typeof minProperties === 'number' && names.length < minProperties)
    evaluation.findings.add(path, 'minProperties', `must not have fewer than ${minProperties} properties`);
  if (typeof maxProperties === 'number' && names.length > maxProperties)
    evaluation.findings.add(path, 'maxProperties', `must not have more than ${maxProperties} properties`);
  requiredRule(schema, value, path, evaluation);
  propertyRules(schema, value, path, evaluation);
  dependentRules(schema, value, path, evaluation);
  if (schema['unevaluatedProperties'] !== undefined) unevaluatedRule(schema, value, path, evaluation);
}

function requiredRule(
  schema: SchemaObject,
  value: Record<string, unknown>,
  path: string,
  evaluation: Evaluation,
): void {
  const required = listOf(schema['required']);
  evaluation.budget.spend(required.length);
  for (const name of required) {
    if (typeof name !== 'string' || Object.hasOwn(value, name)) continue;
    if (isLeftOut(own(schema['properties'], name), evaluation)) continue;
    evaluation.findings.add(`${path}.${name}`, 'required', 'is required');
  }
}

/** Of the other direction: a required `readOnly` property is no part of a request. */
function isLeftOut(property: unknown, { direction, resolve }: Evaluation): boolean {
  const flag = direction === 'request' ? 'readOnly' : 'writeOnly';
  if (own(property, flag) === true) return true;
  const reference = own(property, '$ref');
  return typeof reference === 'string' && own(resolve(reference), flag) === true;
}

function propertyRules(
  schema: SchemaObject,
  value: Record<string, unknown>,
  path: string,
  evaluation: Evaluation,
): void {
  const { propertyNames, additionalProperties } = schema;
  for (const [name, child] of Object.entries(value)) {
    const ofProperty = schemasOfProperty(schema, name, evaluation);
    for (const each of ofProperty) evaluation.apply(each, child, `${path}.${name}`, evaluation);
    if (propertyNames !== undefined) evaluation.apply(propertyNames, name, `${path}.${name}`, evaluation);
    if (ofProperty.length > 0 || additionalProperties === undefined) continue;
    if (additionalProperties === false)
      evaluation.findings.add(`${path}.${name}`, 'additionalProperties', 'is not a known property');
    else evaluation.apply(additionalProperties, child, `${path}.${name}`, evaluation);
  }
}

function dependentRules(
  schema: SchemaObject,
  value: Record<string, unknown>,
  path: string,
  evaluation: Evaluation,
): void {
  const { dependentRequired, dependentSchemas } = schema;
  if (dependentRequired === undefined && dependentSchemas === undefined) return;
  // By the names of the value, which are few, not by those of the schema, which may be any number.
  for (const name of Object.keys(value)) {
    const needed = listOf(own(dependentRequired, name));
    evaluation.budget.spend(1 + needed.length);
    for (const other of needed) {
      if (typeof other === 'string' && !Object.hasOwn(value, other))
        evaluation.findings.add(
          `${path}.${other}`,
          'dependentRequired',
          `is required where there is "${name}"`,
        );
    }
    const dependent = own(dependentSchemas, name);
    if (dependent !== undefined) evaluation.apply(dependent, value, path, evaluation);
  }
}

function unevaluatedRule(
  schema: SchemaObject,
  value: Record<string, unknown>,
  path: string,
  evaluation: Evaluation,
): void {
  const evaluated = evaluatedProperties(schema, value, evaluation);
  for (const [name, child] of Object.entries(value)) {
    if (evaluated.has(name)) continue;
    if (schema['unevaluatedProperties'] === false)
      evaluation.findings.add(`${path}.${name}`, 'unevaluatedProperties', 'is not a known property');
    else evaluation.apply(schema['unevaluatedProperties'], child, `${path}.${name}`, evaluation);
  }
}
