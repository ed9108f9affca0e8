import type { Snapshot } from './snapshot.js';

/** One line of drizzle's journal (`meta/_journal.json`). */
export interface JournalEntry {
  idx: number;
  /** Milliseconds since 1970; drizzle orders by it. */
  when: number;
  tag: string;
  breakpoints: boolean;
}

/** A file of SQL in the folder. */
export interface SqlFile {
  /** Without a path: `0004_add_note.sql`. */
  name: string;
  /** With LF line ends. */
  text: string;
  /** SHA-256 of `text`, hexadecimal: the same after a checkout on Windows. */
  sha256: string;
  /** SHA-256 of the bytes as they are, hexadecimal: what drizzle writes to its ledger. */
  drizzleHash: string;
  hasCarriageReturns: boolean;
}

/** A file of `meta/`, as far as it could be read. */
export interface SnapshotFile {
  name: string;
  /** undefined: not JSON, or no snapshot. */
  snapshot: Snapshot | undefined;
}

/** `drizzle/lint.json`: what the linter cannot know from the steps. All optional. */
export interface LintSettings {
  /** Steps up to and with this tag are not linted: they were merged before the rules were. */
  startAfter?: string;
  /** The newest step that is part of a released version; a contract may only follow an expand that is. */
  released?: string;
  /** The lowest PostgreSQL major the steps must run on. Default 15. */
  lowestMajor?: number;
}

/** All of a migrations folder, read once; every rule and plan is a pure function of it. */
export interface FolderContent {
  /** Absolute. */
  path: string;
  /** undefined: no journal, or not JSON; `journalProblem` says which. */
  journal: JournalEntry[] | undefined;
  journalProblem?: string;
  /** By name; the `.sql` files of all classes. */
  files: Map<string, SqlFile>;
  /** Ordered by name. */
  snapshots: SnapshotFile[];
  /** `meta/_sum` with LF line ends; undefined: there is none. */
  sums: string | undefined;
  settings: LintSettings;
}

/** Rollback files are a class of their own and never steps. */
export const isRollbackFile = (name: string): boolean => /(?:\.down|_down|_rollback)\.sql$/.test(name);

/** The rollback file of a step, whichever of the three names it has. */
export const rollbackFileOf = ({ files }: FolderContent, tag: string): SqlFile | undefined =>
  files.get(`${tag}.down.sql`) ?? files.get(`${tag}_down.sql`) ?? files.get(`${tag}_rollback.sql`);

/** The file of a step; undefined: it is missing. */
export const fileOf = ({ files }: FolderContent, tag: string): SqlFile | undefined => files.get(`${tag}.sql`);
