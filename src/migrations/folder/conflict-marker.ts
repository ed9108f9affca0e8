import type { Position } from '../sql/position.js';

const opening = /^<{7} .*$/m;
const closing = /^>{7} .*$/m;

/** The first line that git wrote between two sides; both ends must be there, since a text may hold one by itself. */
export function conflictMarker(text: string): { text: string; position: Position } | undefined {
  const first = opening.exec(text);
  if (!first || !closing.test(text)) return undefined;
  return { text: first[0], position: { line: text.slice(0, first.index).split('\n').length, column: 1 } };
}
