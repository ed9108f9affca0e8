import type { BenchDatabase } from './database.js';
import type { Child } from './fork.js';
import type { LoadResult } from './load.js';
import type { BenchOptions } from './options.js';
import { median } from './statistics.js';
import { SCENARIOS, type Scenario, refuseDifferentAnswers, requestsOf } from './scenarios.js';
import { type RunningVariant, VARIANTS, type Variant, startVariant } from './variants.js';

/** One variant in one scenario: medians over the rounds, and each round's rate for the ratios. */
export interface Cell {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Processor time of the server process per request, which neighbours on the machine disturb least. */
  cpuMicros: number;
  rounds: number[];
}

export type Throughput = Record<Scenario, Record<Variant, Cell>>;

/** All scenarios at one latency: the servers stay up, but only one is under load at a time, in the order a b c d a b c d. */
export async function measureThroughput(
  database: BenchDatabase,
  port: number,
  generator: Child,
  options: BenchOptions,
): Promise<Throughput> {
  const servers: RunningVariant[] = [];
  for (const variant of VARIANTS) servers.push(await startVariant(variant, database, port));
  await refuseDifferentAnswers(servers, database);
  const results = {} as Throughput;
  for (const scenario of SCENARIOS) {
    const put = async (index: number, seconds: number): Promise<Burst> => {
      const server = servers[index]!;
      const load = { ...requestsOf(scenario, server, database), connections: options.connections, seconds };
      const before = await cpuMicrosOf(server);
      const result = await generator.ask<LoadResult>('load', load);
      return { ...result, cpuMicros: ((await cpuMicrosOf(server)) - before) / result.requests };
    };
    results[scenario] = await measureScenario(put, options);
  }
  for (const { child } of servers) await child.stop();
  return results;
}

interface Burst extends LoadResult {
  cpuMicros: number;
}

async function cpuMicrosOf({ child }: RunningVariant): Promise<number> {
  const { user, system } = await child.ask<NodeJS.CpuUsage>('cpu');
  return user + system;
}

async function measureScenario(
  put: (index: number, seconds: number) => Promise<Burst>,
  { rounds, seconds, warmUpSeconds }: BenchOptions,
): Promise<Record<Variant, Cell>> {
  const results: Burst[][] = VARIANTS.map(() => []);
  for (const index of VARIANTS.keys()) await put(index, warmUpSeconds);
  for (let round = 0; round < rounds; round++) {
    for (const index of VARIANTS.keys()) {
      const result = await put(index, seconds);
      if (result.failures > 0) throw new Error(`${VARIANTS[index]}: ${result.failures} requests failed`);
      results[index]!.push(result);
    }
  }
  const cells = results.map((all) => ({
    perSecond: Math.round(median(all.map(({ perSecond }) => perSecond))),
    p50Ms: median(all.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(all.map(({ p99Ms }) => p99Ms)),
    cpuMicros: Math.round(median(all.map(({ cpuMicros }) => cpuMicros))),
    rounds: all.map(({ perSecond }) => Math.round(perSecond)),
  }));
  return Object.fromEntries(VARIANTS.map((variant, index) => [variant, cells[index]])) as Record<
    Variant,
    Cell
  >;
}
