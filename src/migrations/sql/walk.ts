import type { Node } from 'libpg-query';

type Kind = Node extends infer N ? (N extends unknown ? keyof N : never) : never;
type Content<K extends Kind> = Extract<Node, Record<K, unknown>> extends Record<K, infer C> ? C : never;

/** Every node of one kind anywhere in a tree, in the order of the text. */
export function* nodesOf<K extends Kind>(tree: unknown, kind: K): Generator<Content<K>> {
  if (Array.isArray(tree)) {
    for (const item of tree) yield* nodesOf(item, kind);
  } else if (typeof tree === 'object' && tree !== null) {
    for (const [key, child] of Object.entries(tree)) {
      if (key === kind) yield child as Content<K>;
      yield* nodesOf(child, kind);
    }
  }
}
