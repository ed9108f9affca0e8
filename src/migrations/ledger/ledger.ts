/** What the database says about one step. */
export interface LedgerRow {
  tag: string;
  /** SHA-256 of the file with LF line ends, as it was applied. */
  sha256: string;
  /** `contentDigest()` of it: the same after an edit of comments and spaces only. null: recorded without the text. */
  contentSha256: string | null;
  state: LedgerState;
  statementsTotal: number;
  /** Fewer than the total: interrupted (only steps without a transaction). */
  statementsDone: number;
  /** SHA-256 of each statement that is done, so that a resumed step can tell whether they were edited. */
  statementDigests: string[];
  startedAt: Date;
  finishedAt: Date | null;
  durationMs: number | null;
  appliedBy: string;
  toolVersion: string;
  serverVersion: string;
  /** The run-time key a destructive step was confirmed with. */
  confirmation: string | null;
}

export type LedgerState = 'running' | 'applied' | 'failed' | 'rolled_back' | 'baseline';

/** A row of drizzle's own ledger, kept in step so that drizzle-kit works beside this tool. */
export interface DrizzleLedgerRow {
  /** `drizzleHash` of the file. */
  hash: string;
  /** The journal's `when`. */
  createdAt: number;
}

/** Steps in one of these states are part of the schema. */
export const isInSchema = (state: LedgerState): boolean => state === 'applied' || state === 'baseline';
