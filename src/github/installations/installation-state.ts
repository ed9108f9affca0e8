import type { InstallationFacts, Observation } from '../events/observation.js';
import { type Stamped, newer } from '../events/register.js';

export const INSTALLATION_STATUSES = ['pending', 'active', 'suspended', 'deleted'] as const;
export type InstallationStatus = (typeof INSTALLATION_STATUSES)[number];

/** All that is known of an installation: each part is the newest that GitHub said of it. */
export interface InstallationState {
  facts: Stamped<InstallationFacts>;
  login: Stamped<{ login: string }>;
  /** Null: it is there. Nothing brings an installation back; one that is made anew has another id. */
  uninstalledAt: string | null;
}

/** A state that a first observation begins; it shows the installation whole, as GitHub's answers do. */
export const beginState = ({
  facts,
  login,
}: Required<Pick<Observation, 'facts' | 'login'>>): InstallationState => ({
  facts,
  login,
  uninstalledAt: null,
});

/** What is known after an observation: the same, in whatever order and however often observations come. */
export const mergeInstallation = (
  state: InstallationState,
  { facts, login, uninstalledAt }: Observation,
): InstallationState => ({
  facts: facts ? newer(state.facts, facts) : state.facts,
  login: login ? newer(state.login, login) : state.login,
  uninstalledAt: latest(state.uninstalledAt, uninstalledAt),
});

export function statusOf({ facts, uninstalledAt }: InstallationState): InstallationStatus {
  if (uninstalledAt !== null) return 'deleted';
  return facts.suspendedAt === null ? 'active' : 'suspended';
}

/** A deletion that is told twice, with two times, is one all the same. */
export const latest = (known: string | null, told: string | undefined): string | null =>
  told !== undefined && (known === null || told > known) ? told : known;
