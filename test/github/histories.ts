import fc from 'fast-check';
import { type Payload, example, repositoryDeleted, targetRenamed } from './payloads.js';

/** A delivery before it is sent. */
export interface Sent {
  event: string;
  payload: Payload;
}

export const INSTALLATION_ID = 5_000_000_001; // past 32 bits
export const ACCOUNT_ID = 6_000_000_001;
const STRANGER_ID = 7;
const START = Date.UTC(2026, 0, 1);
const iso = (at: number) => new Date(START + at * 1_000).toISOString();
const seconds = (at: number) => Math.floor(START / 1_000) + at;

const ACTIONS = [
  'suspend',
  'unsuspend',
  'accept',
  'uninstall',
  'rename account',
  'add',
  'remove',
  'rename',
  'delete',
  'send away',
  'take back',
] as const;

export interface Step {
  action: (typeof ACTIONS)[number];
  repository: number;
  /** How many seconds later than the step before; 0: GitHub says the same time. */
  later: number;
  /** Does GitHub write the time as a number? */
  asNumber: boolean;
}

/** What can happen to one installation, in the order in which it happens. */
export const steps = (maxLength: number, minLater = 0): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      action: fc.constantFrom(...ACTIONS),
      repository: fc.integer({ min: 1, max: 3 }),
      later: fc.integer({ min: minLater, max: 3 }),
      asNumber: fc.boolean(),
    }),
    { maxLength },
  );

/** What is so in the end, where GitHub's times tell every step from the one before. */
export interface Truth {
  status: 'active' | 'suspended' | 'deleted';
  login: string;
  permissions: Record<string, string>;
  /** Names by id. */
  repositories: Map<number, string>;
}

interface World extends Truth {
  gone: Set<number>;
  suspendedAt: string | null;
  names: Map<number, string>;
}

/** Tells the events of a history, made of real payloads, and what is so in the end. `created` is the first. */
export function tell(history: readonly Step[]): { sent: Sent[]; truth: Truth } {
  const world: World = {
    status: 'active',
    login: 'octo',
    permissions: { metadata: 'read' },
    repositories: new Map([[1, 'repo-1']]),
    gone: new Set(),
    suspendedAt: null,
    names: new Map([
      [1, 'repo-1'],
      [2, 'repo-2'],
      [3, 'repo-3'],
    ]),
  };
  const sent = [created(world)];
  let at = 0;
  for (const step of history) {
    at += step.later;
    if (world.status === 'deleted') break;
    const delivery = CHANGES[step.action](world, step, at);
    if (delivery) sent.push(delivery);
  }
  return { sent, truth: world };
}

function installationOf(world: World, at: number, asNumber: boolean) {
  const { installation } = example('installation', 'new_permissions_accepted');
  return {
    ...installation,
    id: INSTALLATION_ID,
    account: { ...installation.account, id: ACCOUNT_ID, login: world.login },
    permissions: world.permissions,
    repository_selection: 'selected',
    suspended_at: world.suspendedAt,
    suspended_by: world.suspendedAt === null ? null : installation.account,
    updated_at: asNumber ? seconds(at) : iso(at),
  };
}

const listed = (world: World, id: number) => ({
  id,
  node_id: `R_${id}`,
  name: world.names.get(id),
  full_name: `${world.login}/${world.names.get(id)}`,
  private: false,
});

function created(world: World): Sent {
  const payload = {
    ...example('installation', 'created'),
    installation: installationOf(world, 0, true),
    repositories: [listed(world, 1)],
  };
  return { event: 'installation', payload };
}

type Change = (world: World, step: Step, at: number) => Sent | undefined;

const ofInstallation =
  (action: string, change: (world: World, at: number) => void): Change =>
  (world, { asNumber }, at) => {
    change(world, at);
    const payload = {
      ...example('installation', action),
      repositories: undefined,
      installation: installationOf(world, at, asNumber),
    };
    return { event: 'installation', payload };
  };

const ofList =
  (action: 'added' | 'removed'): Change =>
  (world, { repository: id, asNumber }, at) => {
    if (world.gone.has(id)) return undefined;
    if (action === 'added') world.repositories.set(id, world.names.get(id)!);
    else world.repositories.delete(id);
    const list = [listed(world, id)];
    const payload = {
      ...example('installation_repositories', action),
      installation: installationOf(world, at, asNumber),
      repositories_added: action === 'added' ? list : [],
      repositories_removed: action === 'removed' ? list : [],
    };
    return { event: 'installation_repositories', payload };
  };

const ofRepository =
  (base: () => Payload, change: (world: World, id: number, at: number) => number): Change =>
  (world, { repository: id }, at) => {
    if (world.gone.has(id)) return undefined;
    const ownerId = change(world, id, at);
    const { repository, ...rest } = base();
    const payload = {
      ...rest,
      installation: { id: INSTALLATION_ID, node_id: 'x' },
      repository: {
        ...repository,
        ...listed(world, id),
        owner: { ...repository.owner, id: ownerId },
        default_branch: 'main',
        updated_at: iso(at),
      },
    };
    return { event: 'repository', payload };
  };

const CHANGES: Record<Step['action'], Change> = {
  suspend: ofInstallation('suspend', (world, at) => {
    world.status = 'suspended';
    world.suspendedAt = iso(at);
  }),
  unsuspend: ofInstallation('unsuspend', (world) => {
    world.status = 'active';
    world.suspendedAt = null;
  }),
  accept: ofInstallation('new_permissions_accepted', (world, at) => {
    world.permissions = { metadata: 'read', [`p${at}`]: 'write' };
  }),
  uninstall: ofInstallation('deleted', (world) => {
    world.status = 'deleted';
    world.repositories.clear();
  }),
  'rename account': (world, _, at) => {
    world.login = `octo-${at}`;
    const payload = targetRenamed();
    payload.account = { ...payload.account, id: ACCOUNT_ID, login: world.login, updated_at: iso(at) };
    payload.installation.id = INSTALLATION_ID;
    return { event: 'installation_target', payload };
  },
  add: ofList('added'),
  remove: ofList('removed'),
  rename: ofRepository(
    () => example('repository', 'renamed'),
    (world, id, at) => {
      world.names.set(id, `renamed-${id}-${at}`);
      if (world.repositories.has(id)) world.repositories.set(id, world.names.get(id)!);
      return ACCOUNT_ID;
    },
  ),
  delete: ofRepository(repositoryDeleted, (world, id) => {
    world.gone.add(id);
    world.repositories.delete(id);
    return ACCOUNT_ID;
  }),
  'send away': ofRepository(
    () => example('repository', 'transferred'),
    (world, id) => {
      world.repositories.delete(id);
      return STRANGER_ID;
    },
  ),
  'take back': ofRepository(
    () => example('repository', 'transferred'),
    (world, id) => {
      world.repositories.set(id, world.names.get(id)!);
      return ACCOUNT_ID;
    },
  ),
};
