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
    const put = (index: number, seconds: number) => {
      const requests = requestsOf(scenario, servers[index]!, database);
      return generator.ask<LoadResult>('load', { ...requests, connections: options.connections, seconds });
    };
    results[scenario] = await measureScenario(put, options);
  }
  for (const { child } of servers) await child.stop();
  return results;
}

async function measureScenario(
  put: (index: number, seconds: number) => Promise<LoadResult>,
  { rounds, seconds, warmUpSeconds }: BenchOptions,
): Promise<Record<Variant, Cell>> {
  const results: LoadResult[][] = VARIANTS.map(() => []);
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
    rounds: all.map(({ perSecond }) => Math.round(perSecond)),
  }));
  return Object.fromEntries(VARIANTS.map((variant, index) => [variant, cells[index]])) as Record<
    Variant,
    Cell
  >;
}
