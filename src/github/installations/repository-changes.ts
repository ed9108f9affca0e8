import { contentOf } from '../events/register.js';

/** What anybody sees of a repository, and when it was removed. */
interface Visible {
  repositoryId: number;
  name: string;
  fullName: string;
  isPrivate: boolean;
  defaultBranch: string | null;
  removedAt: string | null;
}

export interface RepositoryCounts {
  added: number;
  removed: number;
  updated: number;
}

/** How many repositories came, went, and look different; and those of which anything at all is to be stored. */
export interface RepositoryChanges<T = Visible> extends RepositoryCounts {
  written: T[];
}

export function repositoryChanges<T extends Visible>(
  before: readonly Visible[],
  after: T[],
): RepositoryChanges<T> {
  const known = new Map(before.map((row) => [row.repositoryId, row]));
  const changes: RepositoryChanges<T> = { added: 0, removed: 0, updated: 0, written: [] };
  for (const now of after) {
    const old = known.get(now.repositoryId);
    if (old && contentOf({ ...old, ...now }) === contentOf(old)) continue;
    changes.written.push(now);
    const wasThere = old?.removedAt === null;
    const isThere = now.removedAt === null;
    if (isThere && !wasThere) changes.added++;
    if (wasThere && !isThere) changes.removed++;
    if (isThere && wasThere && look(now) !== look(old)) changes.updated++;
  }
  return changes;
}

const look = ({ name, fullName, isPrivate, defaultBranch }: Visible): string =>
  contentOf([name, fullName, isPrivate, defaultBranch]);
