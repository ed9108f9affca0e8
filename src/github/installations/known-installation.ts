import { MEMBER_RANK, type Observation } from '../events/observation.js';
import { type InstallationState, mergeInstallation } from './installation-state.js';
import { type RepositoryState, mergeRepository } from './repository-state.js';

/** An installation, and those of its repositories that somebody looks at. */
export interface KnownInstallation {
  installation: InstallationState;
  /** By GitHub's id. */
  repositories: ReadonlyMap<number, RepositoryState>;
}

/** What is known after an observation: the same, in whatever order and however often observations come. */
export function learn(known: KnownInstallation, observation: Observation): KnownInstallation {
  const installation = mergeInstallation(known.installation, observation);
  const repositories = new Map(known.repositories);
  for (const observed of observation.repositories) {
    const { repositoryId } = observed;
    repositories.set(repositoryId, mergeRepository(repositories.get(repositoryId), observed, installation));
  }
  return { installation, repositories };
}

/**
 * What is known after GitHub was asked: its answer counts, whatever was known before, and what it does not name is not there.
 * Only an end stays an end.
 */
export function accept(known: KnownInstallation, answer: Observation): KnownInstallation {
  const { facts, login } = answer;
  const installation = {
    ...known.installation,
    ...(facts && { facts }),
    ...(login && { login }),
  };
  if (answer.isPartial) return { ...known, installation };
  const { at } = installation.facts;
  const repositories = new Map<number, RepositoryState>();
  for (const [id, state] of known.repositories)
    repositories.set(id, { ...state, membership: { isMember: false, at, rank: MEMBER_RANK.absent } });
  for (const observed of answer.repositories) {
    const { repositoryId } = observed;
    const old = known.repositories.get(repositoryId);
    const told = mergeRepository(undefined, observed, installation);
    repositories.set(repositoryId, {
      ...told,
      defaultBranch: told.defaultBranch ?? old?.defaultBranch,
      goneAt: old?.goneAt ?? null,
    });
  }
  return { installation, repositories };
}
