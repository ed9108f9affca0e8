import { type InstallationFacts, MEMBER_RANK, NAME_RANK } from '../events/observation.js';
import { type InstallationState, statusOf } from './installation-state.js';
import type { githubInstallationRepositories, githubInstallations } from './installations.schema.js';
import { type RepositoryState, fullNameOf, removedAt } from './repository-state.js';

export type InstallationRow = typeof githubInstallations.$inferSelect;
export type RepositoryRow = typeof githubInstallationRepositories.$inferSelect;

/** Of one that is not pending: all that GitHub said of it is there, a CHECK sees to it. */
export function toInstallationState(row: InstallationRow): InstallationState {
  const { accountId, accountType, targetType, repositorySelection, permissions, events } = row;
  const facts = { accountId, accountType, targetType, repositorySelection, permissions, events };
  const { suspendedAt, suspendedBy, uninstalledAt } = row;
  return {
    facts: {
      ...(facts as InstallationFacts),
      suspendedAt,
      suspendedBy,
      at: row.providerUpdatedAt!,
      rank: row.providerRank!,
    },
    login: { login: row.accountLogin!, at: row.accountLoginAt!, rank: row.accountLoginRank! },
    uninstalledAt,
  };
}

export function toInstallationColumns(state: InstallationState) {
  const { at, rank, ...facts } = state.facts;
  return {
    ...facts,
    providerUpdatedAt: at,
    providerRank: rank,
    accountLogin: state.login.login,
    accountLoginAt: state.login.at,
    accountLoginRank: state.login.rank,
    uninstalledAt: state.uninstalledAt,
    status: statusOf(state),
  };
}

export function toRepositoryState(row: RepositoryRow): RepositoryState {
  const { repositoryId, name, isPrivate, defaultBranch, defaultBranchAt, isMember, membershipAt } = row;
  return {
    repositoryId,
    details: { name, isPrivate, at: row.detailsAt, rank: row.detailsRank },
    defaultBranch:
      defaultBranch === null
        ? undefined
        : { branch: defaultBranch, at: defaultBranchAt!, rank: NAME_RANK.announced },
    membership:
      isMember === null
        ? undefined
        : { isMember, at: membershipAt!, rank: MEMBER_RANK[isMember ? 'present' : 'absent'] },
    goneAt: row.goneAt,
  };
}

export function toRepositoryColumns(state: RepositoryState, installation: InstallationState) {
  const { repositoryId, details, defaultBranch, membership, goneAt } = state;
  return {
    repositoryId,
    name: details.name,
    fullName: fullNameOf(state, installation),
    isPrivate: details.isPrivate,
    detailsAt: details.at,
    detailsRank: details.rank,
    defaultBranch: defaultBranch?.branch ?? null,
    defaultBranchAt: defaultBranch?.at ?? null,
    isMember: membership?.isMember ?? null,
    membershipAt: membership?.at ?? null,
    goneAt,
    removedAt: removedAt(state, installation),
  };
}
