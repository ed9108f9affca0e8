import { MEMBER_RANK, type RepositoryObservation } from '../events/observation.js';
import { type Stamped, newer } from '../events/register.js';
import { type InstallationState, latest } from './installation-state.js';

/** All that is known of one repository in one installation. */
export interface RepositoryState {
  repositoryId: number;
  details: Stamped<{ name: string; isPrivate: boolean }>;
  defaultBranch: Stamped<{ branch: string }> | undefined;
  /** Undefined: an event came before the one that says whether the installation has it. */
  membership: Stamped<{ isMember: boolean }> | undefined;
  goneAt: string | null;
}

/** As `mergeInstallation()`. The first observation of a repository tells its details, whatever it is about. */
export function mergeRepository(
  state: RepositoryState | undefined,
  observed: RepositoryObservation,
  { facts: { accountId } }: InstallationState,
): RepositoryState {
  const membership = membershipIn(observed, accountId);
  return {
    repositoryId: observed.repositoryId,
    details: observed.details ? newer(state?.details, observed.details) : state!.details,
    defaultBranch: observed.defaultBranch
      ? newer(state?.defaultBranch, observed.defaultBranch)
      : state?.defaultBranch,
    membership: membership ? newer(state?.membership, membership) : state?.membership,
    goneAt: latest(state?.goneAt ?? null, observed.goneAt),
  };
}

/** An installation has repositories of its own account only: one that is handed to another account leaves it. */
function membershipIn({ membership, owner }: RepositoryObservation, accountId: number) {
  if (!owner) return membership;
  const isMember = owner.ownerId === accountId;
  return { isMember, at: owner.at, rank: isMember ? MEMBER_RANK.present : MEMBER_RANK.absent };
}

/** The owner's login stands before the name: when the account is renamed, no event tells of its repositories. */
export const fullNameOf = ({ details }: RepositoryState, { login }: InstallationState): string =>
  `${login.login}/${details.name}`;

/** Since when the installation does not have it; null: it has it. */
export function removedAt(
  { goneAt, membership, details }: RepositoryState,
  { uninstalledAt }: InstallationState,
): string | null {
  if (goneAt !== null) return goneAt;
  if (!membership?.isMember) return membership?.at ?? details.at;
  return uninstalledAt;
}
