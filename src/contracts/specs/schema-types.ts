import type { MessageCheck } from './message-check.js';
import { listOf } from './schema/dialect.js';

const MAX_VISITED = 50;
const STEPS_PER_SCHEMA = 8;

/** The names of the types that a schema speaks of, itself or in what it is made of. */
export function schemaTypes(schema: unknown, { document, budget }: MessageCheck): Set<string> {
  const types = new Set<string>();
  const waiting = [schema];
  for (let visited = 0; waiting.length > 0 && visited < MAX_VISITED; visited++) {
    budget.spend(STEPS_PER_SCHEMA);
    const next = document.deref(waiting.pop());
    for (const type of listOf([next['type']].flat()).slice(0, MAX_VISITED))
      if (typeof type === 'string') types.add(type);
    for (const word of ['allOf', 'anyOf', 'oneOf']) waiting.push(...listOf(next[word]).slice(0, MAX_VISITED));
  }
  return types;
}
