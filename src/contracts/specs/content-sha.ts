import { createHash } from 'node:crypto';
import { pause } from './document/pause.js';

/** Of text, until it is summed. */
const BATCH_LENGTH = 16_384;

/** SHA-256 of the document with sorted keys: equal documents, equal sum. Of large ones bit by bit, with turns for others. */
export async function contentSha(document: Record<string, unknown>): Promise<Buffer> {
  const hash = createHash('sha256');
  const rest = pause();
  let batch = '';
  for (const piece of pieces(document)) {
    batch += piece;
    if (batch.length < BATCH_LENGTH) continue;
    hash.update(batch);
    batch = '';
    const turn = rest();
    if (turn) await turn;
  }
  return hash.update(batch).digest();
}

/** What is yet to be written: a text as it is, or a value. */
type Waiting = { text: string } | { value: unknown };

/** Of the text that `sortedJson()` makes of it at once. */
function* pieces(document: unknown): Generator<string> {
  const waiting: Waiting[] = [{ value: document }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('text' in next) yield next.text;
    else if (typeof next.value !== 'object' || next.value === null) yield JSON.stringify(next.value);
    else for (const part of partsOf(next.value).toReversed()) waiting.push(part);
  }
}

function partsOf(container: object): Waiting[] {
  const isList = Array.isArray(container);
  const members = isList
    ? container.map((value: unknown, index): Waiting[] => [{ text: index === 0 ? '' : ',' }, { value }])
    : Object.keys(container)
        .toSorted()
        .map((key, index): Waiting[] => [
          { text: `${index === 0 ? '' : ','}${JSON.stringify(key)}:` },
          { value: (container as Record<string, unknown>)[key] },
        ]);
  return [{ text: isList ? '[' : '{' }, ...members.flat(), { text: isList ? ']' : '}' }];
}
