import { type SchemaObject, entriesOf, isObject, own } from './dialect.js';
import type { Evaluation } from './evaluation.js';

/** Of `properties` and `patternProperties`. */
export function schemasOfProperty(schema: SchemaObject, name: string, evaluation: Evaluation): unknown[] {
  const named = own(schema['properties'], name);
  const found: unknown[] = named === undefined ? [] : [named];
  if (!isObject(schema['patternProperties'])) return found;
  for (const [pattern, each] of entriesOf(schema['patternProperties'])) {
    if (evaluation.patterns.matches(pattern, name, evaluation.budget)) found.push(each);
  }
  return found;
}
