import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anySnapshot, quoteContent, quoteLine } from '../../../test/support/quote-snapshots.js';
import { differences } from './differences.js';
import { isMaterialChange } from './material-change.js';
import type { QuoteSnapshot } from './snapshot.types.js';

const before: QuoteSnapshot = { quote: quoteContent, lines: [quoteLine('a')] };
const changed = (change: Partial<QuoteSnapshot>) => isMaterialChange(before, { ...before, ...change });

describe('a material change', () => {
  it.each<[string, Partial<QuoteSnapshot>, boolean]>([
    ['nothing', {}, false],
    ['a title that is sent again', { quote: { ...quoteContent, title: 'Website' } }, false],
    ['a title', { quote: { ...quoteContent, title: 'App' } }, true],
    ['terms that were not there', { quote: { ...quoteContent, terms: '' } }, true],
    ['internal notes', { quote: { ...quoteContent, internalNotes: 'call them' } }, false],
    ['lines that are sent again', { lines: [quoteLine('a')] }, false],
    ['a quantity', { lines: [quoteLine('a', { quantity: '41.0000' })] }, true],
    ['a cost', { lines: [quoteLine('a', { unitCost: '80.0000' })] }, true],
    ['one more line', { lines: [quoteLine('a'), quoteLine('b', { lineNumber: 2 })] }, true],
    ['one line less', { lines: [] }, true],
  ])('by %s: %p', (_, change, answer) => {
    expect(changed(change)).toBe(answer);
  });

  it('is one in both directions, and never one without a difference', () => {
    fc.assert(
      fc.property(anySnapshot, anySnapshot, (a, b) => {
        expect(isMaterialChange(a, b)).toBe(isMaterialChange(b, a));
        if (isMaterialChange(a, b)) expect(differences(a, b)).not.toEqual([]);
      }),
    );
  });
});
