import type { Node } from 'libpg-query';
import type { Statement } from '../../sql/statement.js';

/** The statement and what its DO block executes, as far as that can be read. */
export const nodesOfStatement = ({ node, nested }: Statement): Node[] => [
  node,
  ...nested.flatMap((inner) => inner.node ?? []),
];
