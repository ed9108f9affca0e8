import { ratioOf } from './statistics.js';
import { SCENARIO_TITLES, type Scenario } from './scenarios.js';
import type { Throughput } from './throughput.js';
import type { WireCosts } from './wire.js';

/** A line of the verdict. */
export interface Verdict {
  what: string;
  measured: number;
  /** Lowest and highest round. */
  range?: [number, number];
  target: string;
  isReached: boolean;
}

const RATIOS: { scenarios: Scenario[]; latencyMs: number; to: 'a' | 'c'; atLeast: number }[] = [
  { scenarios: ['list', 'read'], latencyMs: 0, to: 'a', atLeast: 0.6 },
  { scenarios: ['list', 'read'], latencyMs: 2, to: 'a', atLeast: 0.9 },
  { scenarios: ['list', 'read'], latencyMs: 0, to: 'c', atLeast: 1.5 },
  { scenarios: ['list', 'read'], latencyMs: 2, to: 'c', atLeast: 2.5 },
  { scenarios: ['insert'], latencyMs: 2, to: 'c', atLeast: 1.8 },
];

const ROUND_TRIPS: Record<Scenario, number> = { list: 1, read: 1, insert: 2 };

/** What the project set out to reach, and whether it does. */
export function judge(throughput: Record<number, Throughput>, wire: WireCosts): Verdict[] {
  const ratios = RATIOS.flatMap(({ scenarios, latencyMs, to, atLeast }) =>
    scenarios.map((scenario): Verdict => {
      const cells = throughput[latencyMs]![scenario];
      const { ratio, lowest, highest } = ratioOf(cells.d.rounds, cells[to].rounds);
      const what = `(d)/(${to}) ${SCENARIO_TITLES[scenario]} at ${latencyMs} ms`;
      return {
        what,
        measured: ratio,
        range: [lowest, highest],
        target: `>= ${atLeast}`,
        isReached: ratio >= atLeast,
      };
    }),
  );
  const roundTrips = (Object.keys(ROUND_TRIPS) as Scenario[]).map((scenario): Verdict => {
    const measured = wire[scenario].d.roundTripsBeforeAnswer;
    const what = `round trips before the answer, ${SCENARIO_TITLES[scenario]}`;
    return {
      what,
      measured,
      target: `= ${ROUND_TRIPS[scenario]}`,
      isReached: measured === ROUND_TRIPS[scenario],
    };
  });
  return [...ratios, ...roundTrips];
}
