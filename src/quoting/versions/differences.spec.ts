import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anySnapshot, quoteContent, quoteLine } from '../../../test/support/quote-snapshots.js';
import { differences } from './differences.js';
import type { Difference, LineSnapshot, QuoteSnapshot } from './snapshot.types.js';

/** What the differences say, done. */
function applied(before: QuoteSnapshot, changes: Difference[]): QuoteSnapshot {
  const quote: Record<string, unknown> = { ...before.quote };
  const lines = new Map<string, Record<string, unknown>>(
    before.lines.map((line) => [line.lineId, { ...line }]),
  );
  for (const change of changes) {
    if (change.kind === 'quote_changed') quote[change.field] = change.after;
    else if (change.kind === 'line_changed') lines.get(change.lineId)![change.field] = change.after;
    else if (change.kind === 'line_added') lines.set(change.lineId, { ...change.line });
    else lines.delete(change.lineId);
  }
  const numbered = [...lines.values()] as unknown as LineSnapshot[];
  return {
    quote: quote as unknown as QuoteSnapshot['quote'],
    lines: numbered.sort((a, b) => a.lineNumber - b.lineNumber),
  };
}

describe('the differences of two versions', () => {
  it('are told by field and by line', () => {
    const before = { quote: quoteContent, lines: [quoteLine('a'), quoteLine('b', { lineNumber: 2 })] };
    const after = {
      quote: { ...quoteContent, title: 'App' },
      lines: [quoteLine('c'), quoteLine('a', { lineNumber: 2, quantity: '41.0000' })],
    };
    expect(differences(before, after)).toEqual([
      { kind: 'quote_changed', field: 'title', before: 'Website', after: 'App' },
      { kind: 'line_added', lineId: 'c', line: after.lines[0] },
      { kind: 'line_changed', lineId: 'a', field: 'lineNumber', before: 1, after: 2 },
      { kind: 'line_changed', lineId: 'a', field: 'quantity', before: '40.0000', after: '41.0000' },
      { kind: 'line_removed', lineId: 'b', line: before.lines[1] },
    ]);
  });

  it('lead from the first to the second', () => {
    fc.assert(
      fc.property(anySnapshot, anySnapshot, (before, after) => {
        expect(applied(before, differences(before, after))).toEqual(after);
      }),
    );
  });

  it('are none of equal versions, and only of those', () => {
    fc.assert(
      fc.property(anySnapshot, anySnapshot, (before, after) => {
        expect(differences(before, structuredClone(before))).toEqual([]);
        const areEqual = JSON.stringify(before) === JSON.stringify(after);
        expect(differences(before, after).length === 0).toBe(areEqual);
      }),
    );
  });

  it('are as many back as there', () => {
    fc.assert(
      fc.property(anySnapshot, anySnapshot, (before, after) => {
        expect(differences(after, before)).toHaveLength(differences(before, after).length);
      }),
    );
  });
});
