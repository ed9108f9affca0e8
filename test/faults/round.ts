import type { Fault } from './fault.js';
import type { Figures } from './figures.js';
import type { Ledger, Verdict } from './load/ledger.js';
import { Load } from './load/load.js';
import { Observations } from './load/observations.js';
import { handleDeliveries } from './load/webhooks.js';
import type { Random } from './random.js';
import { DEADLINE_MS, type World } from './world/world.js';

/** What a busy machine may add to a deadline. */
const SLACK_MS = 2_000;

export interface Round {
  figures: Figures;
  /** Everything that must not be, in words. */
  faults: string[];
}

/** Load, the fault in the midst of it, the end of the load, and the comparison of what was told with what is there. */
export async function playRound(
  fault: Fault,
  world: World,
  ledger: Ledger,
  random: Random,
  report: (name: string, value: string) => void,
): Promise<Round> {
  const startedAt = performance.now();
  const before = ledger.size;
  const seen = new Observations(world.tenants, new Set(fault.excuses));
  const load = new Load(world.tenants, ledger, seen, random.fork(), world.main.url);
  const failure = await underLoad(load, () => fault.run({ world, load, random, report }));
  await handleDeliveries(world.database);
  const verdict = await ledger.compare(world.database, before);
  const figures: Figures = {
    rounds: 1,
    requests: seen.requests,
    acknowledged: verdict.acknowledged,
    refused: seen.refused,
    lost: verdict.lost.length,
    doubled: verdict.doubled.length,
    leaked: verdict.leaked.length + seen.leaks.length,
    untrue: verdict.untrue.length,
    torn: verdict.torn.length,
    unexpected: seen.unexpected.length,
    exits: world.crashes,
    slowestMs: seen.slowestMs,
    outageMs: seen.longestOutageMs,
    seconds: (performance.now() - startedAt) / 1_000,
  };
  return {
    figures,
    faults: [
      ...failure,
      ...faultsOf(verdict, seen),
      ...listed('logged', world.takeErrors()),
      ...tooSlow(fault, seen),
    ],
  };
}

/** What was not seen of the fault, in words: the comparison must come in any case. */
async function underLoad(load: Load, run: () => Promise<void>): Promise<string[]> {
  load.start();
  try {
    await load.flows();
    await run();
    await load.flows();
    return [];
  } catch (error) {
    return [String((error as Error).stack)];
  } finally {
    await load.stop();
  }
}

const faultsOf = (verdict: Verdict, { leaks, unexpected }: Observations): string[] => [
  ...inWords(verdict),
  ...listed('leaked in an answer', leaks),
  ...listed('unexpected', unexpected),
];

/** What the comparison found, if anything. */
export const inWords = ({ lost, doubled, leaked, untrue, torn }: Verdict): string[] =>
  Object.entries({ lost, doubled, leaked, untrue, torn }).flatMap(([what, all]) => listed(what, all));

const listed = (what: string, all: string[]) =>
  all.slice(0, 5).map((one) => `${what} (${all.length}): ${one}`);

function tooSlow({ slowestMs = DEADLINE_MS }: Fault, seen: Observations): string[] {
  const limit = slowestMs + SLACK_MS;
  return seen.slowestMs > limit ? [`an answer took ${Math.round(seen.slowestMs)} of ${limit} ms`] : [];
}
