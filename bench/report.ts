import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MemoryResult } from './memory.js';
import { SCENARIOS, SCENARIO_TITLES } from './scenarios.js';
import { ratioOf } from './statistics.js';
import type { Verdict } from './targets.js';
import type { Throughput } from './throughput.js';
import { TITLES, VARIANTS } from './variants.js';
import type { WireCosts } from './wire.js';

export interface Report {
  at: string;
  machine: Record<string, unknown>;
  options: object;
  ping: Record<string, { medianMs: number; p99Ms: number }>;
  throughput: Record<number, Throughput>;
  wire: WireCosts;
  memory: MemoryResult;
  startup: { medianMs: number; allMs: number[] };
  verdicts: Verdict[];
}

const RESULTS = 'bench/results';

export function printReport({ ping, throughput, wire, memory, startup, verdicts }: Report): void {
  console.log('\nRound trip of SELECT 1');
  console.table(ping);
  for (const [latencyMs, results] of Object.entries(throughput)) {
    console.log(`\nRequests per second at ${latencyMs} ms network latency (median of the rounds)`);
    console.table(SCENARIOS.flatMap((scenario) => rowsOf(results, scenario)));
  }
  console.log('\nAt the wire, per request');
  console.table(
    SCENARIOS.flatMap((scenario) =>
      VARIANTS.map((variant) => ({
        route: SCENARIO_TITLES[scenario],
        variant: TITLES[variant],
        ...wire[scenario][variant],
      })),
    ),
  );
  console.log(`\nMemory of Rowhouse in MiB, before and after ${memory.requests} requests`);
  console.table({ before: memory.before, after: memory.after });
  console.log(`\nStart to ready: ${startup.medianMs} ms (median of ${startup.allMs.join(', ')})\n`);
  console.table(
    verdicts.map(({ what, measured, range, target, isReached }) => ({
      what,
      measured,
      rounds: range ? `${range[0]} to ${range[1]}` : '',
      target,
      result: isReached ? 'reached' : 'MISSED',
    })),
  );
}

function rowsOf(results: Throughput, scenario: (typeof SCENARIOS)[number]) {
  const cells = results[scenario];
  return VARIANTS.map((variant) => ({
    route: SCENARIO_TITLES[scenario],
    variant: `(${variant}) ${TITLES[variant]}`,
    perSecond: cells[variant].perSecond,
    p50Ms: cells[variant].p50Ms,
    p99Ms: cells[variant].p99Ms,
    'server CPU, µs': cells[variant].cpuMicros,
    'to (a)': ratioOf(cells[variant].rounds, cells.a.rounds).ratio,
    'to (c)': ratioOf(cells[variant].rounds, cells.c.rounds).ratio,
  }));
}

export const keepReport = (report: Report, isQuick: boolean): Promise<string> => keep(report, '', isQuick);

/** What each layer costs, beside the report of the day. */
export const keepLayers = (report: { at: string }, isQuick: boolean): Promise<string> =>
  keep(report, '-layers', isQuick);

/** One file per day, the last run of the day; a quick run keeps nothing that would pass for a measurement. */
export async function keep(report: { at: string }, suffix: string, isQuick: boolean): Promise<string> {
  const folder = isQuick ? '.rowhouse/bench-quick' : RESULTS;
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${report.at.slice(0, 10)}${suffix}.json`);
  await writeFile(file, `${compact(JSON.stringify(report, null, 2))}\n`);
  return file;
}

/** Lists of numbers on one line: the file is read by people, in differences. */
const compact = (json: string) =>
  json.replace(/\[\n\s+([-\d.,\s]+)\n\s+\]/g, (_, numbers: string) => `[${numbers.replace(/\s+/g, ' ')}]`);
