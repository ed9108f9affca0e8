import type { LineContent, QuoteContent } from '../quotes/quotes.types.js';

/** A line of a snapshot; its id stays the same from version to version. */
export interface LineSnapshot extends LineContent {
  lineId: string;
}

/** All that a quote said at one time. Lines are in the order of their numbers. */
export interface QuoteSnapshot {
  quote: QuoteContent;
  lines: readonly LineSnapshot[];
}

type Change<T> = { [F in keyof T]: { field: F; before: T[F]; after: T[F] } }[keyof T];

export type QuoteChange = { kind: 'quote_changed' } & Change<QuoteContent>;
export type LineChange = { kind: 'line_changed'; lineId: string } & Change<LineContent>;

/** One step from one version to another. */
export type Difference =
  | QuoteChange
  | LineChange
  | { kind: 'line_added'; lineId: string; line: LineSnapshot }
  | { kind: 'line_removed'; lineId: string; line: LineSnapshot };
