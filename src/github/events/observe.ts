import { NAME_RANK, type Observation, type RepositoryObservation } from './observation.js';
import { PayloadReader } from './payload-reader.js';
import { loginOf, readInstallation, readListed, readRepository } from './read-installation.js';

/** What a delivery means. */
export type Meaning =
  | { kind: 'observation'; observation: Observation }
  /** GitHub tries whether we are there. */
  | { kind: 'ping' }
  /** Nothing that we follow. */
  | { kind: 'ignored' };

export interface Webhook {
  /** Of the header `X-GitHub-Event`. */
  event: string;
  payload: unknown;
  /** RFC 3339: the time of what tells none of its own. */
  receivedAt: string;
}

/** Reads an event of GitHub. Throws `UnreadablePayload` where it is of a kind we follow, but not as documented. */
export function observe({ event, payload, receivedAt }: Webhook): Meaning {
  if (event === 'ping') return { kind: 'ping' };
  if (!Object.hasOwn(READERS, event)) return { kind: 'ignored' };
  const reader = PayloadReader.of(payload);
  const action = reader.text('action');
  const read = READERS[event]!.get(action);
  // What comes from the webhook of a repository, not from the App's, is of no installation.
  if (!read || !reader.has('installation')) return { kind: 'ignored' };
  return { kind: 'observation', observation: read(reader, receivedAt) };
}

type Read = (payload: PayloadReader, receivedAt: string) => Observation;

const aboutInstallation =
  (action: string): Read =>
  (payload) => {
    const observation = readInstallation(payload.object('installation'), action);
    const { at } = observation.facts!;
    if (action === 'deleted') return { ...observation, uninstalledAt: at };
    const repositories = payload.objects('repositories').map((item) => readListed(item, at, 'present'));
    return { ...observation, repositories };
  };

const aboutItsRepositories: Read = (payload) => {
  const observation = readInstallation(payload.object('installation'), payload.text('action'));
  const { at } = observation.facts!;
  return {
    ...observation,
    repositories: [
      ...payload.objects('repositories_added').map((item) => readListed(item, at, 'present')),
      ...payload.objects('repositories_removed').map((item) => readListed(item, at, 'absent')),
    ],
  };
};

const aboutItsAccount: Read = (payload, receivedAt) => {
  const account = payload.object('account');
  const at = account.optionalTime('updated_at') ?? receivedAt;
  return {
    installationId: payload.object('installation').id('id'),
    login: { login: loginOf(account), at, rank: NAME_RANK.announced },
    repositories: [],
  };
};

const aboutRepository =
  (change: (repository: PayloadReader, at: string) => Partial<RepositoryObservation>): Read =>
  (payload) => {
    const repository = payload.object('repository');
    const { at, ...observed } = readRepository(repository);
    return {
      installationId: payload.object('installation').id('id'),
      repositories: [{ ...observed, ...change(repository, at) }],
    };
  };

const READERS: Record<string, ReadonlyMap<string, Read>> = {
  installation: new Map(
    ['created', 'deleted', 'suspend', 'unsuspend', 'new_permissions_accepted'].map((action) => [
      action,
      aboutInstallation(action),
    ]),
  ),
  installation_repositories: new Map([
    ['added', aboutItsRepositories],
    ['removed', aboutItsRepositories],
  ]),
  installation_target: new Map([['renamed', aboutItsAccount]]),
  repository: new Map([
    ['renamed', aboutRepository(() => ({}))],
    ['deleted', aboutRepository((_, at) => ({ goneAt: at }))],
    [
      'transferred',
      aboutRepository((repository, at) => ({ owner: { ownerId: repository.object('owner').id('id'), at } })),
    ],
  ]),
};
