import { entriesOf, isObject, own } from '../schema/dialect.js';
import { escapeToken } from '../schema/json-pointer.js';
import { GRAMMAR, type Kind } from './grammar.js';

/** An object of OpenAPI, and where it stands, as a JSON pointer. */
export interface Node {
  kind: Kind;
  pointer: string;
  value: Record<string, unknown>;
}

/** Every object of the document that can hold a reference, without following any; in no more memory than its width. */
export function* walk(document: unknown): Generator<Node> {
  const waiting: { kind: Kind; pointer: string; value: unknown }[] = [
    { kind: 'document', pointer: '', value: document },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { kind, pointer, value } = next;
    if (!isObject(value)) continue;
    yield { kind, pointer, value };
    for (const [key, child] of Object.entries(value)) {
      const place = own(GRAMMAR[kind], key) ?? (key.startsWith('x-') ? undefined : own(GRAMMAR[kind], '*'));
      if (!Array.isArray(place)) continue;
      const [of, many] = place as [Kind, string?];
      const at = `${pointer}/${escapeToken(key)}`;
      if (many === undefined) waiting.push({ kind: of, pointer: at, value: child });
      else
        for (const [name, each] of many === 'map'
          ? entriesOf(child)
          : Array.isArray(child)
            ? child.entries()
            : [])
          waiting.push({ kind: of, pointer: `${at}/${escapeToken(String(name))}`, value: each });
    }
  }
}
