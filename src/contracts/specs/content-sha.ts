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

/** A container of which the values before `next` are written. */
interface Frame {
  /** undefined: of a list. */
  keys?: string[];
  values: unknown[];
  next: number;
}

/** Of the text that `sortedJson()` makes of it at once. */
function* pieces(document: Record<string, unknown>): Generator<string> {
  const frames = [frameOf(document)];
  yield '{';
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    const { keys, values, next } = frame;
    if (next === values.length) {
      frames.pop();
      yield keys ? '}' : ']';
      continue;
    }
    frame.next++;
    const before = `${next === 0 ? '' : ','}${keys ? `${JSON.stringify(keys[next])}:` : ''}`;
    const value = values[next];
    if (typeof value === 'object' && value !== null) {
      frames.push(frameOf(value));
      yield `${before}${Array.isArray(value) ? '[' : '{'}`;
    } else yield `${before}${JSON.stringify(value)}`;
  }
}

function frameOf(container: object): Frame {
  if (Array.isArray(container)) return { values: container, next: 0 };
  const keys = Object.keys(container).toSorted();
  return { keys, values: keys.map((key) => (container as Record<string, unknown>)[key]), next: 0 };
}
