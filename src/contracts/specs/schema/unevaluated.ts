import { type SchemaObject, entriesOf, isObject, listOf, own } from './dialect.js';
import { type Evaluation, holds } from './evaluation.js';
import { schemasOfProperty } from './properties.js';

/** Each part of a schema is asked about each property, or item. */
const STEPS_PER_NAME = 8;

/** The properties that `schema`, or what it is made of, has a rule for: JSON Schema 2020-12, 11.3. */
export function evaluatedProperties(
  schema: SchemaObject,
  value: Record<string, unknown>,
  evaluation: Evaluation,
): Set<string> {
  const names = Object.keys(value);
  return collect(schema, value, names.length, evaluation, (part) =>
    (part !== schema && part['unevaluatedProperties'] !== undefined) ||
    part['additionalProperties'] !== undefined
      ? names
      : names.filter((name) => schemasOfProperty(part, name, evaluation).length > 0),
  );
}

/** The positions that `schema`, or what it is made of, has a rule for: JSON Schema 2020-12, 11.2. */
export function evaluatedItems(schema: SchemaObject, value: unknown[], evaluation: Evaluation): Set<number> {
  const positions = [...value.keys()];
  return collect(schema, value, positions.length, evaluation, (part) => {
    if (part['items'] !== undefined || (part !== schema && part['unevaluatedItems'] !== undefined))
      return positions;
    const prefix = listOf(part['prefixItems']).length;
    const { contains } = part;
    return positions.filter(
      (index) => index < prefix || (contains !== undefined && holds(contains, value[index], evaluation)),
    );
  });
}

/** What each schema evaluates that applies to `value` at the same place as `schema`. */
function collect<T>(
  schema: SchemaObject,
  value: unknown,
  size: number,
  evaluation: Evaluation,
  evaluatedBy: (part: SchemaObject) => T[],
): Set<T> {
  const evaluated = new Set<T>();
  const visit = (part: unknown): void => {
    if (!isObject(part)) return;
    evaluation.budget.enter();
    evaluation.budget.spend(size * STEPS_PER_NAME);
    for (const each of evaluatedBy(part)) evaluated.add(each);
    for (const inner of inPlaceOf(part, value, evaluation)) visit(inner);
    evaluation.budget.leave();
  };
  visit(schema);
  return evaluated;
}

/** The subschemas that hold for the same value. */
function inPlaceOf(schema: SchemaObject, value: unknown, evaluation: Evaluation): unknown[] {
  const { $ref, if: condition } = schema;
  const passed = (branch: unknown) => holds(branch, value, evaluation);
  const isMet = condition !== undefined && passed(condition);
  const dependent = entriesOf(value).flatMap(([name]) => own(schema['dependentSchemas'], name) ?? []);
  return [
    ...(typeof $ref === 'string' ? [evaluation.resolve($ref)] : []),
    ...listOf(schema['allOf']),
    ...[...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].filter(passed),
    ...(isMet ? [condition, schema['then']] : condition === undefined ? [] : [schema['else']]),
    ...dependent,
  ];
}
