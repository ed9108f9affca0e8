import { createHash } from 'node:crypto';
import { type Json, sortedJson } from '../interactions/canonical.js';
import { pause } from './document/pause.js';
import { isObject } from './schema/dialect.js';

/** As deep as the single schemas and paths of a document. */
const LEVELS = 3;

/** SHA-256 of the document with sorted keys: equal documents, equal sum. Of large ones bit by bit, with turns for others. */
export async function contentSha(document: Record<string, unknown>): Promise<Buffer> {
  const hash = createHash('sha256');
  const rest = pause();
  for (const piece of pieces(document, LEVELS)) {
    hash.update(piece);
    const turn = rest();
    if (turn) await turn;
  }
  return hash.digest();
}

/** Of the text that `sortedJson()` makes of it at once. */
function* pieces(value: unknown, levels: number): Generator<string> {
  if (levels === 0 || !isObject(value)) {
    yield sortedJson(value as Json);
    return;
  }
  yield '{';
  for (const [index, key] of Object.keys(value).toSorted().entries()) {
    yield `${index === 0 ? '' : ','}${JSON.stringify(key)}:`;
    yield* pieces(value[key], levels - 1);
  }
  yield '}';
}
