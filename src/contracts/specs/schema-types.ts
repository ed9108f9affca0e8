import type { CompiledDocument } from './operations.js';
import { listOf } from './schema/dialect.js';

const MAX_VISITED = 50;

/** The names of the types that a schema speaks of, itself or in what it is made of. */
export function schemaTypes(schema: unknown, document: CompiledDocument): Set<string> {
  const types = new Set<string>();
  const waiting = [schema];
  for (let visited = 0; waiting.length > 0 && visited < MAX_VISITED; visited++) {
    const next = document.deref(waiting.pop());
    for (const type of [next['type']].flat()) if (typeof type === 'string') types.add(type);
    waiting.push(...listOf(next['allOf']), ...listOf(next['anyOf']), ...listOf(next['oneOf']));
  }
  return types;
}
