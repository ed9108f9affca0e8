import { atPointer } from '../schema/json-pointer.js';
import { isObject } from '../schema/dialect.js';
import { pause } from './pause.js';
import { type DocumentProblem, Problems } from './problems.js';
import { walk } from './walk.js';

/** References that name nothing in the document itself. Whatever is elsewhere is refused: nothing is ever fetched. */
export async function referenceProblems(document: unknown): Promise<DocumentProblem[]> {
  const problems = new Problems();
  const rest = pause();
  for (const { pointer, value } of walk(document)) {
    if (problems.isFull) break;
    const turn = rest();
    if (turn) await turn;
    for (const key of ['$ref', '$dynamicRef']) {
      if (!Object.hasOwn(value, key)) continue;
      const message = objectionTo(value[key], document);
      if (message !== undefined) problems.add(`${pointer}/${key}`, message);
    }
  }
  return problems.all;
}

function objectionTo(reference: unknown, document: unknown): string | undefined {
  if (typeof reference !== 'string') return 'A reference must be a string';
  const shown = reference.slice(0, 200);
  if (!reference.startsWith('#'))
    return `"${shown}" is outside of this document; bundle it: external references are not fetched`;
  if (!/^#(\/|$)/.test(reference))
    return `"${shown}" is an anchor; only JSON pointers (#/...) are understood here`;
  const target = atPointer(document, reference);
  if (target === undefined) return `"${shown}" names nothing in this document`;
  return isObject(target) || typeof target === 'boolean' ? undefined : `"${shown}" does not name an object`;
}
