/**
 * `blocking`: a wall is open, or cannot be trusted. `warning`: something that a wall should not lean on. `information`: was
 * one of these, and is allowed for a while.
 */
export type AuditSeverity = 'blocking' | 'warning' | 'information';

/** One thing that must hold. */
export interface AuditRule {
  /** Stable: `A05`. Two entries may share one where a rule has a blocking and a lesser half. */
  id: string;
  severity: Exclude<AuditSeverity, 'information'>;
  /** What must hold, in one sentence without a full stop. */
  title: string;
  /** What could happen otherwise. */
  why: string;
}

/** One question to the catalogue; what it answers are the findings. */
export interface CatalogueRule extends AuditRule {
  /**
   * A SELECT of three text columns: the object as SQL names it, what is wrong with it (goes on after the name), and
   * the SQL that mends it. It may use the tables of `catalogue.ts`.
   */
  query: string;
}

export interface AuditFinding {
  rule: string;
  severity: AuditSeverity;
  title: string;
  why: string;
  object: string;
  /** A sentence that names the object. */
  message: string;
  remedy: string;
  /** Why it does not count, and until when. */
  allowed?: { reason: string; until: string };
}

export const findingOf = (
  { id, severity, title, why }: AuditRule,
  object: string,
  fault: string,
  remedy: string,
): AuditFinding => ({ rule: id, severity, title, why, object, message: `${object} ${fault}`, remedy });
