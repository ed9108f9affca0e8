import { atPointer } from '../schema/json-pointer.js';
import { isObject } from '../schema/dialect.js';
import { pause } from './pause.js';
import { type DocumentProblem, Problems } from './problems.js';
import { walk } from './walk.js';

const MAX_SHOWN = 200;

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
      const objection = objectionTo(value[key], document);
      if (objection) problems.add(`${pointer}/${key}`, ...objection);
    }
  }
  return problems.all;
}

function objectionTo(reference: unknown, document: unknown): [message: string, code: string] | undefined {
  if (typeof reference !== 'string') return ['A reference must be a string', 'type'];
  const shown = `"${reference.slice(0, MAX_SHOWN)}"`;
  if (!reference.startsWith('#'))
    return [`${shown} is outside of this document; bundle it: nothing is fetched`, 'externalReference'];
  if (!/^#(\/|$)/.test(reference))
    return [`${shown} is an anchor; only JSON pointers (#/...) are understood here`, 'anchor'];
  const target = atPointer(document, reference);
  if (target === undefined) return [`${shown} names nothing in this document`, 'unresolvedReference'];
  if (isObject(target) || typeof target === 'boolean') return undefined;
  return [`${shown} does not name an object`, 'unresolvedReference'];
}
