import type { FolderContent, SqlFile } from '../folder/folder-content.js';
import type { Snapshot } from '../folder/snapshot.js';
import type { Position } from '../sql/position.js';
import type { ParsedSql, Statement } from '../sql/statement.js';

/**
 * `critical` destroys data or a wall: it needs the two keys. `error` stops: it needs an `allow` with a reason.
 * `warning` is told.
 */
export type Severity = 'critical' | 'error' | 'warning';

export type RuleGroup =
  'journal' | 'destructive' | 'tenancy' | 'locks' | 'transaction' | 'compatibility' | 'seeds' | 'directives';

/** What a rule is, for the report, the page in `docs/rules/` and SARIF. */
export interface RuleText {
  /** Kebab-case and stable: `allow` and `confirm` name it. */
  id: string;
  group: RuleGroup;
  severity: Severity;
  /** One sentence without a full stop: what was found. */
  title: string;
  /** Why it hurts, in whole sentences, with the PostgreSQL manual's page where there is one. */
  why: string;
  /** The safe way, as SQL that works when pasted (with comments), or as commands. */
  rewrite: string;
}

/** One place where a rule does not hold. */
export interface Report {
  /** What it is about, for `confirm` and for the reader: a table, `table.column`, an index. */
  object?: string;
  /** What is wrong here, with names; one sentence. */
  message: string;
  /** Instead of the rule's own, where a case is milder or worse. */
  severity?: Severity;
  /** Instead of the statement's. */
  position?: Position;
}

/** A rule over one statement of a step (and what its DO block executes). */
export interface StatementRule extends RuleText {
  checkStatement(statement: Statement, step: StepContext): Iterable<Report>;
}

/** A rule over a step as a whole: pairs, order, what is missing. A report may name its statement. */
export interface StepRule extends RuleText {
  checkStep(step: StepContext): Iterable<Report & { statement?: Statement }>;
}

/** A rule over the folder: journal, sums, snapshots. */
export interface FolderRule extends RuleText {
  checkFolder(folder: FolderContent, options: FolderOptions): Iterable<Report & { file?: string }>;
}

export interface FolderOptions {
  now: Date;
  /** The statements that would bring the last snapshot to the declared schema; undefined: nobody compared them. */
  schemaDrift?: string[];
}

export type Rule = StatementRule | StepRule | FolderRule;

/** A step with all that a rule may ask. */
export interface StepContext {
  tag: string;
  file: SqlFile;
  sql: ParsedSql;
  /** drizzle's snapshot before this step; the types of columns come from it. */
  before: Snapshot;
  /** After it; undefined where drizzle-kit wrote none (`--custom`, older steps). */
  after: Snapshot | undefined;
  /** `-- rowhouse:no-transaction` */
  isTransactional: boolean;
  /** `-- rowhouse:data`: a step that changes rows on purpose. */
  isData: boolean;
  /** Tables created earlier in this very step: `schema.table`; nobody can use them yet. */
  newTables: ReadonlySet<string>;
  /** Kinds and names created *and* dropped in this step, as `table public.x`: exempt. */
  shortLived: ReadonlySet<string>;
  folder: FolderContent;
}

/** What a lint run tells. */
export interface Finding {
  rule: string;
  severity: Severity;
  /** Relative to the folder. */
  file: string;
  tag?: string;
  /** Counted from 1. */
  statement?: number;
  position: Position;
  object?: string;
  message: string;
  /** The reason of the `allow` or `confirm` that covers it. */
  accepted?: string;
}
