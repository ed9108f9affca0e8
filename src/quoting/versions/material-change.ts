import type { QuoteContent } from '../quotes/quotes.types.js';
import { differences } from './differences.js';
import type { Difference, QuoteSnapshot } from './snapshot.types.js';

/** What customers never see makes no version. */
const IMMATERIAL: readonly (keyof QuoteContent)[] = ['internalNotes'];

const isMaterial = (difference: Difference): boolean =>
  difference.kind !== 'quote_changed' || !IMMATERIAL.includes(difference.field);

/** Whether a change makes a version: if any value is another one that the quote or a line says. */
export const isMaterialChange = (before: QuoteSnapshot, after: QuoteSnapshot): boolean =>
  differences(before, after).some(isMaterial);
