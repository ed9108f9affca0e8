import type { Node } from 'libpg-query';

type Kind = Node extends infer N ? (N extends unknown ? keyof N : never) : never;
type Content<K extends Kind> = Extract<Node, Record<K, unknown>> extends Record<K, infer C> ? C : never;

const indexes = new WeakMap<object, Map<string, unknown[]>>();

/** Every node of one kind anywhere in a tree, in the order of the text. A tree is walked once, however many ask. */
export function nodesOf<K extends Kind>(tree: unknown, kind: K): readonly Content<K>[] {
  if (typeof tree !== 'object' || tree === null) return [];
  let index = indexes.get(tree);
  if (!index) {
    index = new Map();
    collect(tree, index);
    indexes.set(tree, index);
  }
  return (index.get(kind) ?? []) as Content<K>[];
}

function collect(value: unknown, index: Map<string, unknown[]>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (typeof child !== 'object' || child === null) continue;
    // The name of a kind begins with a capital, the name of a field does not.
    if (/^[A-Z]/.test(key)) {
      const known = index.get(key);
      if (known) known.push(child);
      else index.set(key, [child]);
    }
    collect(child, index);
  }
}
