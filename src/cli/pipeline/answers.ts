import { countOf, listOf, objectOf, textOf } from './json.js';
import { type Place, readPlaces } from './problem.js';

/** One consumer and one provider, as the server judges them. */
export interface Pair {
  consumer: string;
  provider: string;
  state: string;
  reason: string | undefined;
  verifiedBy: string | undefined;
}

export interface CanIDeployAnswer {
  canDeploy: boolean;
  pairs: Pair[];
  failed: number;
  reasons: string[];
  /** As the server sent it, for `--json`. */
  raw: object;
}

export const OUTCOMES = ['recorded', 'duplicate', 'refused', 'invalid'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of one interaction. */
export interface Recording {
  outcome: Outcome;
  places: Place[];
}

/** What was sent, as the server keeps it. */
export interface Stored {
  /** false: it was there already. */
  created: boolean;
  /** Another one was there before. */
  replaced: boolean;
  raw: object;
}

export function readCanIDeploy(value: unknown): CanIDeployAnswer | undefined {
  const raw = objectOf(value);
  const failed = countOf(objectOf(raw?.['summary'])?.['failed']);
  const pairs = listOf(raw?.['pairs'])?.map(readPair);
  const canDeploy = raw?.['canDeploy'];
  if (!raw || typeof canDeploy !== 'boolean' || !pairs || failed === undefined) return undefined;
  const reasons = (listOf(raw['reasons']) ?? []).flatMap((reason) => textOf(reason) ?? []);
  return { canDeploy, pairs, failed, reasons, raw };
}

function readPair(value: unknown): Pair {
  const { consumer, provider, state, reason, verifiedBy } = objectOf(value) ?? {};
  return {
    consumer: participant(consumer),
    provider: participant(provider),
    state: textOf(state) ?? '',
    reason: textOf(reason),
    verifiedBy: textOf(verifiedBy),
  };
}

function participant(value: unknown): string {
  const { service, version } = objectOf(value) ?? {};
  return [textOf(service), textOf(version)].filter((part) => part !== undefined).join(' ');
}

/** Of a deployment or a specification. */
export function readStored(value: unknown): Stored | undefined {
  const raw = objectOf(value);
  const created = raw?.['created'];
  return raw && typeof created === 'boolean'
    ? { created, replaced: raw['replaced'] === true, raw }
    : undefined;
}

export function readBatchAnswer(value: unknown, count: number): Recording[] | undefined {
  const results = listOf(objectOf(value)?.['results'])?.map(readRecording);
  const isWhole = results?.length === count && results.every((result) => result !== undefined);
  return isWhole ? results : undefined;
}

function readRecording(value: unknown): Recording | undefined {
  const { outcome, violations, errors } = objectOf(value) ?? {};
  const known = OUTCOMES.find((name) => name === outcome);
  return known && { outcome: known, places: [...readPlaces(violations), ...readPlaces(errors)] };
}
