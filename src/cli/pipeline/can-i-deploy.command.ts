import { setTimeout as sleep } from 'node:timers/promises';
import type { CanIDeployAnswer, Pair } from './answers.js';
import { readConnection } from './connection.js';
import { Ending } from './ending.js';
import { jsonText, printable } from './printable.js';
import { RowhouseApi } from './rowhouse-api.js';
import { table } from './table.js';

export interface CanIDeployOptions {
  service: string;
  version: string;
  environment: string;
  semver?: string;
  /** Milliseconds. */
  retryWhileUnknown?: number;
  timeout: number;
  json?: boolean;
}

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 10_000;

const MEANINGS: Record<string, string> = {
  NEVER_VERIFIED: 'the provider has never verified this consumer version',
  NOT_VERIFIED_FOR_VERSION: 'other versions of the provider verified it, this one did not',
  VERIFICATION_FAILED: 'the provider does not do what the consumer relies on',
  INCOMPLETE: 'not every interaction was verified',
  NOT_DEPLOYED: 'the provider is not deployed there',
  VERSION_UNKNOWN: 'nothing is known of this version: it was never recorded, uploaded or registered',
  NO_INTERACTIONS: 'the consumer recorded nothing with this provider',
  NO_DEPENDENCIES: 'it meets nobody there',
};

export async function canIDeploy(options: CanIDeployOptions): Promise<Ending> {
  const { service, version, environment, semver, retryWhileUnknown = 0, timeout, json = false } = options;
  const api = new RowhouseApi(readConnection(), timeout);
  const ask = () => api.canIDeploy({ service, version, environment, semver });
  const answer = await askWhileUnknown(ask, retryWhileUnknown);
  console.log(json ? jsonText(answer.raw) : inWords(options, answer));
  return answer.canDeploy ? Ending.YES : Ending.NO;
}

/**
 * A failure stays one until somebody mends it; what is unknown, somebody may be finding out at this moment. The time counts
 * from the first answer, and ends with a last question.
 */
async function askWhileUnknown(ask: () => Promise<CanIDeployAnswer>, forMs: number) {
  let answer = await ask();
  const giveUpAt = performance.now() + forMs;
  if (isOpen(answer) && forMs > 0)
    console.error(`Not known yet; asking again for up to ${Math.ceil(forMs / 1000)} s.`);
  for (let pauseMs = FIRST_PAUSE_MS; isOpen(answer); pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    const leftMs = giveUpAt - performance.now();
    if (leftMs <= 0) return answer;
    await sleep(Math.min(leftMs, pauseMs * (0.5 + Math.random() / 2)));
    answer = await ask();
  }
  return answer;
}

const isOpen = ({ canDeploy, failed }: CanIDeployAnswer) => !canDeploy && failed === 0;

function inWords({ service, version, environment }: CanIDeployOptions, answer: CanIDeployAnswer): string {
  const what = printable(`${service} ${version}`);
  const where = printable(environment);
  const verdict = answer.canDeploy
    ? `Yes: ${what} can be deployed to ${where}.`
    : `No: ${what} cannot be deployed to ${where}.`;
  const ofNoPair = answer.reasons.filter((code) => answer.pairs.every(({ reason }) => reason !== code));
  const lines = [verdict, ...ofNoPair.map((code) => `${printable(code)}${meaningOf(code)}`)];
  if (answer.pairs.length > 0)
    lines.push('', table(['CONSUMER', 'PROVIDER', 'STATE', 'REASON'], answer.pairs.map(rowOf)));
  return lines.join('\n');
}

const rowOf = ({ consumer, provider, state, reason, verifiedBy }: Pair): string[] => [
  printable(consumer),
  printable(provider),
  printable(state),
  [
    ...(reason === undefined ? [] : [`${printable(reason)}${meaningOf(reason)}`]),
    ...(verifiedBy === undefined ? [] : [`by the result of ${printable(verifiedBy)}`]),
  ].join('; '),
];

const meaningOf = (reason: string) => (Object.hasOwn(MEANINGS, reason) ? `: ${MEANINGS[reason]}` : '');
