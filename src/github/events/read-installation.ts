import {
  type InstallationFacts,
  MEMBER_RANK,
  NAME_RANK,
  type Observation,
  REPOSITORY_SELECTIONS,
  type RepositoryObservation,
  type RepositorySelection,
  factsRank,
} from './observation.js';
import { type PayloadReader, UnreadablePayload } from './payload-reader.js';

/** What GitHub's object `installation`, whole, says. `source`: the action of the event, or `answer`. */
export function readInstallation(installation: PayloadReader, source: string): Observation {
  const at = installation.time('updated_at');
  const account = installation.object('account');
  const facts = readFacts(installation, account);
  return {
    installationId: installation.id('id'),
    facts: { ...facts, at, rank: factsRank(source, facts.suspendedAt !== null) },
    login: { login: loginOf(account), at, rank: NAME_RANK.mentioned },
    repositories: [],
  };
}

function readFacts(installation: PayloadReader, account: PayloadReader): InstallationFacts {
  return {
    accountId: account.id('id'),
    accountType: account.optionalText('type') ?? installation.text('target_type'),
    targetType: installation.text('target_type'),
    repositorySelection: readSelection(installation),
    permissions: installation.levels('permissions'),
    events: installation.texts('events'),
    suspendedAt: installation.optionalTime('suspended_at'),
    suspendedBy: installation.has('suspended_by') ? loginOf(installation.object('suspended_by')) : null,
  };
}

/** An enterprise has a slug in its place. */
export const loginOf = (account: PayloadReader): string =>
  account.optionalText('login') ?? account.text('slug');

function readSelection(installation: PayloadReader): RepositorySelection {
  const selection = installation.text('repository_selection');
  const known = REPOSITORY_SELECTIONS.find((name) => name === selection);
  if (!known) throw new UnreadablePayload('repository_selection', REPOSITORY_SELECTIONS.join(' or '));
  return known;
}

/** A repository of a list, which tells no time of its own: that of the installation counts. */
export const readListed = (
  repository: PayloadReader,
  at: string,
  presence: keyof typeof MEMBER_RANK,
): RepositoryObservation => ({
  repositoryId: repository.id('id'),
  membership: { isMember: presence === 'present', at, rank: MEMBER_RANK[presence] },
  details: {
    name: repository.text('name'),
    isPrivate: repository.flag('private'),
    at,
    rank: NAME_RANK.mentioned,
  },
});

/** A repository that is shown whole, with its own `updated_at`: what it is, not whether the installation has it. */
export function readRepository(repository: PayloadReader): RepositoryObservation & { at: string } {
  const at = repository.time('updated_at');
  const branch = repository.optionalText('default_branch');
  return {
    at,
    repositoryId: repository.id('id'),
    details: {
      name: repository.text('name'),
      isPrivate: repository.flag('private'),
      at,
      rank: NAME_RANK.announced,
    },
    ...(branch !== null && { defaultBranch: { branch, at, rank: NAME_RANK.announced } }),
  };
}
