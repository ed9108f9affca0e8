import { type Scenario, requestsOf } from './scenarios.js';
import type { BenchDatabase } from './database.js';
import { type Child, startChild } from './fork.js';
import type { Load, LoadResult } from './load.js';
import type { BenchOptions } from './options.js';
import { median, ratioOf } from './statistics.js';
import { rowhouseEnvironment } from './variants.js';

/** What stands between a route and its clients, each of which `layered-rowhouse.ts` can leave out. */
export type Layer = 'audit' | 'etag' | 'limits' | 'logs' | 'metrics' | 'traces';

const EVERY_REQUEST: Layer[] = ['audit', 'etag', 'limits', 'logs', 'metrics'];

interface Comparison {
  title: string;
  scenario: Scenario;
  layers: Layer[];
  /** Sends a new `Idempotency-Key` with each request. */
  isKeyed?: boolean;
}

const COMPARISONS: Comparison[] = [
  { title: 'audit entry', scenario: 'insert', layers: ['audit'] },
  { title: 'Idempotency-Key', scenario: 'insert', layers: [], isKeyed: true },
  { title: 'ETag', scenario: 'read', layers: ['etag'] },
  { title: 'rate limits in memory', scenario: 'read', layers: ['limits'] },
  { title: 'request log', scenario: 'read', layers: ['logs'] },
  { title: 'metrics', scenario: 'read', layers: ['metrics'] },
  { title: 'traces, all recorded', scenario: 'read', layers: ['traces'] },
  { title: 'all but traces', scenario: 'list', layers: EVERY_REQUEST },
  { title: 'all but traces', scenario: 'read', layers: EVERY_REQUEST },
  { title: 'all but traces', scenario: 'insert', layers: EVERY_REQUEST },
];

/** One line of the table: the bare route, the same with the layer, and what is left of its throughput. */
export interface LayerCost {
  layer: string;
  route: Scenario;
  latencyMs: number;
  barePerSecond: number;
  perSecond: number;
  /** Layered to bare, round by round: median, lowest, highest. */
  throughput: number;
  lowest: number;
  highest: number;
  /** Processor time of the server that the layer adds per request, in microseconds: median of the rounds. */
  addedCpuMicros: number;
}

interface Burst extends LoadResult {
  cpuMicros: number;
}

/** Each comparison starts the two servers it needs, and puts them under load in turns: A B A B. */
export async function measureLayers(
  database: BenchDatabase,
  port: number,
  latencyMs: number,
  generator: Child,
  options: BenchOptions,
): Promise<LayerCost[]> {
  const costs: LayerCost[] = [];
  const sink = await startChild('trace-sink', {});
  for (const comparison of COMPARISONS) {
    const environment = rowhouseEnvironment(database, port, port);
    const start = (layers: Layer[]) =>
      startChild('layered-rowhouse', {
        ...environment,
        LAYERS: layers.join(),
        ...(!layers.includes('limits') && { RATE_LIMITS: 'off' }),
        LOG_LEVEL: layers.includes('logs') ? 'info' : 'warn',
        ...(layers.includes('traces') && { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${sink.port}` }),
      });
    const bare = await start([]);
    const layered = await start(comparison.layers);
    const cost = await compare(comparison, bare, layered, database, generator, options);
    costs.push({ latencyMs, ...cost });
    await Promise.all([bare.stop(), layered.stop()]);
  }
  await sink.stop();
  return costs;
}

async function compare(
  { title, scenario, isKeyed = false }: Comparison,
  bare: Child,
  layered: Child,
  database: BenchDatabase,
  generator: Child,
  { rounds, seconds, warmUpSeconds, connections }: BenchOptions,
): Promise<Omit<LayerCost, 'latencyMs'>> {
  const put = async (server: Child, isWithKey: boolean, duration: number) => {
    const variant = {
      child: server,
      baseUrl: `http://127.0.0.1:${server.port}`,
      headersOf: (tenant: 'acme' | 'globex') => ({ authorization: `Bearer ${server.keys![tenant]}` }),
    };
    const load: Load = {
      ...requestsOf(scenario, variant, database),
      connections,
      seconds: duration,
      isKeyed: isWithKey,
    };
    const before = await cpuMicrosOf(server);
    const result = await generator.ask<LoadResult>('load', load);
    if (result.failures > 0) throw new Error(`${title}: ${result.failures} requests failed`);
    return { ...result, cpuMicros: ((await cpuMicrosOf(server)) - before) / result.requests };
  };
  await put(bare, false, warmUpSeconds);
  await put(layered, isKeyed, warmUpSeconds);
  const pairs: { bare: Burst; layered: Burst }[] = [];
  for (let round = 0; round < rounds; round++) {
    pairs.push({ bare: await put(bare, false, seconds), layered: await put(layered, isKeyed, seconds) });
  }
  const rates = (of: 'bare' | 'layered') => pairs.map((pair) => Math.round(pair[of].perSecond));
  const { ratio, lowest, highest } = ratioOf(rates('layered'), rates('bare'));
  return {
    layer: title,
    route: scenario,
    barePerSecond: median(rates('bare')),
    perSecond: median(rates('layered')),
    throughput: ratio,
    lowest,
    highest,
    addedCpuMicros: Math.round(median(pairs.map((pair) => pair.layered.cpuMicros - pair.bare.cpuMicros))),
  };
}

async function cpuMicrosOf(child: Child): Promise<number> {
  const { user, system } = await child.ask<NodeJS.CpuUsage>('cpu');
  return user + system;
}
