import type { Stamped } from './register.js';

export const REPOSITORY_SELECTIONS = ['all', 'selected'] as const;
export type RepositorySelection = (typeof REPOSITORY_SELECTIONS)[number];

/** An installation as GitHub showed it at one time; its login apart, which changes without it. */
export interface InstallationFacts {
  accountId: number;
  accountType: string;
  targetType: string;
  repositorySelection: RepositorySelection;
  /** From the name of a permission to its level: `{ contents: 'read' }`. */
  permissions: Record<string, string>;
  events: string[];
  suspendedAt: string | null;
  /** A login. */
  suspendedBy: string | null;
}

/** What one event, or one answer of GitHub, says of one repository. What it says nothing of is absent. */
export interface RepositoryObservation {
  repositoryId: number;
  details?: Stamped<{ name: string; isPrivate: boolean }>;
  defaultBranch?: Stamped<{ branch: string }>;
  /** Has the installation access to it? */
  membership?: Stamped<{ isMember: boolean }>;
  /** It belongs to this account since. The installation has it where that is its own account. */
  owner?: { ownerId: number; at: string };
  /** When it was deleted. */
  goneAt?: string;
}

/** What one event, or one answer of GitHub, says of one installation. */
export interface Observation {
  installationId: number;
  facts?: Stamped<InstallationFacts>;
  login?: Stamped<{ login: string }>;
  /** When the App was uninstalled. */
  uninstalledAt?: string;
  repositories: RepositoryObservation[];
  /** Of an answer: there may be repositories that it does not name. */
  isPartial?: boolean;
}

/** Of two that are of the same time: that an installation has a repository, and, which wins, that it has it no more. */
export const MEMBER_RANK = { present: 0, absent: 1 };

/** Of two that are of the same time: a name in passing, and an event that is about nothing else. */
export const NAME_RANK = { mentioned: 0, announced: 1 };

/** Where no `updated_at` tells which of two is later. */
const FACT_RANKS: Record<string, number> = { created: 1, deleted: 2, suspend: 2, unsuspend: 2 };
/** The permissions that were accepted, and what GitHub answers when it is asked. */
const LATEST = 3;

/**
 * A suspension sets `updated_at`, and its end may leave it as it is: of two states with one time, the one that is not
 * suspended is the later.
 */
export function factsRank(source: string, isSuspended: boolean): number {
  const rank =
    source === 'new_permissions_accepted' || source === 'answer' ? LATEST : (FACT_RANKS[source] ?? 0);
  return isSuspended ? rank : rank + 10;
}
