import { type SemverScope, nearestCompatible } from './nearest-version.js';

/** Why a pair, or the whole question, has the answer it has. */
export const REASONS = [
  'NEVER_VERIFIED',
  'NOT_VERIFIED_FOR_VERSION',
  'VERIFICATION_FAILED',
  'INCOMPLETE',
  'NOT_DEPLOYED',
  'VERSION_UNKNOWN',
  'NO_INTERACTIONS',
  'NO_DEPENDENCIES',
] as const;
export type Reason = (typeof REASONS)[number];

export type PairState = 'passed' | 'failed' | 'unknown';

/** The newest result of one consumer version against one provider version. */
export interface Verification {
  providerVersion: string;
  outcome: 'passed' | 'failed' | 'incomplete';
  taskId: string;
}

/** One consumer and one provider that would meet in the environment. */
export interface PairFacts {
  /** What the asked service is in this pair. */
  role: 'consumer' | 'provider';
  consumer: { service: string; version: string };
  /** `version` undefined: nothing of the provider is active there. */
  provider: { service: string; version: string | undefined };
  /** Has this consumer version recorded anything with the provider? */
  hasInteractions: boolean;
  /** Of this consumer version against any version of the provider. */
  verifications: Verification[];
}

export interface DeploymentFacts {
  service: string;
  version: string;
  environment: string;
  isVersionKnown: boolean;
  pairs: PairFacts[];
  semver: SemverScope;
}

export interface PairAnswer {
  role: 'consumer' | 'provider';
  consumer: { service: string; version: string };
  provider: { service: string; version: string | null };
  state: PairState;
  reason: Reason | null;
  /** The provider version whose result counted, where it is another one. */
  verifiedBy?: string;
  taskId?: string;
}

export interface DeploymentAnswer {
  canDeploy: boolean;
  service: string;
  version: string;
  environment: string;
  pairs: PairAnswer[];
  summary: Record<PairState, number>;
  /** Each once, in the order of the pairs; empty: every pair passed. */
  reasons: Reason[];
}

/**
 * May this version be deployed to this environment? Yes exactly if it is known, and every pair it would form there has a
 * passed result. A version that meets nobody may, with NO_DEPENDENCIES as the reason.
 */
export function decide({ isVersionKnown, pairs, semver, ...question }: DeploymentFacts): DeploymentAnswer {
  const answers = pairs.map((pair) => decidePair(pair, semver));
  const count = (state: PairState) => answers.filter((answer) => answer.state === state).length;
  const summary = { passed: count('passed'), failed: count('failed'), unknown: count('unknown') };
  return {
    canDeploy: isVersionKnown && summary.passed === answers.length,
    ...question,
    pairs: answers,
    summary,
    reasons: [...new Set(reasonsOf(isVersionKnown, answers))],
  };
}

function reasonsOf(isVersionKnown: boolean, answers: PairAnswer[]): Reason[] {
  if (!isVersionKnown) return ['VERSION_UNKNOWN', ...answers.flatMap(({ reason }) => reason ?? [])];
  if (answers.length === 0) return ['NO_DEPENDENCIES'];
  return answers.flatMap(({ reason }) => reason ?? []);
}

function decidePair(pair: PairFacts, semver: SemverScope): PairAnswer {
  const { role, consumer, provider, hasInteractions, verifications } = pair;
  const answer = (state: PairState, reason: Reason | null, counted?: Verification): PairAnswer => ({
    role,
    consumer,
    provider: { service: provider.service, version: provider.version ?? null },
    state,
    reason,
    ...(counted && { taskId: counted.taskId }),
    ...(counted && counted.providerVersion !== provider.version && { verifiedBy: counted.providerVersion }),
  });
  if (provider.version === undefined) return answer('unknown', 'NOT_DEPLOYED');
  if (!hasInteractions) return answer('unknown', 'NO_INTERACTIONS');
  const counted = countedVerification(provider.version, verifications, semver);
  if (!counted)
    return answer('unknown', verifications.length > 0 ? 'NOT_VERIFIED_FOR_VERSION' : 'NEVER_VERIFIED');
  if (counted.outcome === 'passed') return answer('passed', null, counted);
  if (counted.outcome === 'failed') return answer('failed', 'VERIFICATION_FAILED', counted);
  return answer('unknown', 'INCOMPLETE', counted);
}

/** The result for exactly this version, or where the question allows it, that of the nearest compatible one. */
function countedVerification(
  version: string,
  verifications: Verification[],
  semver: SemverScope,
): Verification | undefined {
  const verified = verifications.map(({ providerVersion }) => providerVersion);
  const counted = verified.includes(version) ? version : nearestCompatible(version, verified, semver);
  return verifications.find(({ providerVersion }) => providerVersion === counted);
}
