import type { FolderContent } from '../folder/folder-content.js';
import type { Finding } from '../lint/rule.js';
import type { RunQuery } from '../run-query.js';
import type { LockOptions } from './lock.js';

/** Sentences about broken walls between tenants; empty: sound. */
export type Invariants = (query: RunQuery) => Promise<string[]>;

/** The linter's findings of severity `critical`: what destroys data or a wall. */
export type CriticalFindings = (folder: FolderContent) => Promise<Finding[]>;

export interface MigrateOptions extends LockOptions {
  /** Default: `drizzle/` of the package. */
  folder?: string | undefined;
  /** Run-time keys of destructive steps: `<tag>:<first 8 of the file's SHA-256>`. */
  confirm?: readonly string[] | undefined;
  /** Default: the linter's. On servers that are thrown away nothing needs a key: `async () => []`. */
  criticalFindings?: CriticalFindings | undefined;
  /** Asks a person at a terminal, and answers what was typed; absent: nobody is there. */
  ask?: ((question: string) => Promise<string>) | undefined;
  invariants?: Invariants | undefined;
  /** Of one statement of a transactional step, in milliseconds. Default 600,000; a file may SET LOCAL another. */
  statementTimeoutMs?: number | undefined;
  /** Also run pending steps that stand before applied ones. */
  allowOutOfOrder?: boolean | undefined;
}
