import type { LineContent, QuoteContent } from '../quotes/quotes.types.js';
import type { Difference, LineChange, LineSnapshot, QuoteChange, QuoteSnapshot } from './snapshot.types.js';

/**
 * What leads from one version to another, by field: of the quote, then of the lines in the order they have now, then the
 * lines that are gone. Values are compared, so that a field that was sent with the value it has is no difference.
 */
export function differences(before: QuoteSnapshot, after: QuoteSnapshot): Difference[] {
  const old = new Map(before.lines.map((line) => [line.lineId, line]));
  const kept = new Set(after.lines.map(({ lineId }) => lineId));
  return [
    ...quoteChanges(before.quote, after.quote),
    ...after.lines.flatMap((line) => lineDifferences(old.get(line.lineId), line)),
    ...before.lines
      .filter(({ lineId }) => !kept.has(lineId))
      .map((line): Difference => ({ kind: 'line_removed', lineId: line.lineId, line })),
  ];
}

const quoteChanges = (before: QuoteContent, after: QuoteContent): QuoteChange[] =>
  changedFields(before, after).map(
    (field) => ({ kind: 'quote_changed', field, before: before[field], after: after[field] }) as QuoteChange,
  );

function lineDifferences(before: LineSnapshot | undefined, after: LineSnapshot): Difference[] {
  const { lineId, ...content } = after;
  if (!before) return [{ kind: 'line_added', lineId, line: after }];
  return changedFields<LineContent>(before, content).map(
    (field) =>
      ({ kind: 'line_changed', lineId, field, before: before[field], after: after[field] }) as LineChange,
  );
}

/** The fields of `after` whose value is another one; snapshots have the same fields, all of them plain values. */
const changedFields = <T extends object>(before: T, after: T): (keyof T)[] =>
  (Object.keys(after) as (keyof T)[]).filter((field) => before[field] !== after[field]);
