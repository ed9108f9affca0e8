import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { serveParent } from './child.js';

/** One burst of load on one route. `paths` are asked in turn; with `isInsert` every request posts a new note. */
export interface Load {
  baseUrl: string;
  paths: string[];
  headers: Record<string, string>;
  isInsert: boolean;
  /** Each request carries an `Idempotency-Key` of its own. */
  isKeyed?: boolean;
  connections: number;
  seconds?: number;
  /** Instead of `seconds`. */
  amount?: number;
}

export interface LoadResult {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  requests: number;
  failures: number;
}

/** autocannon ends at a sample's end only: with its default of a second, half a second would take a whole one. */
const SAMPLE_MS = 50;

/** The generator is a process of its own: it would otherwise share the event loop with what it measures. */
async function load({
  baseUrl,
  paths,
  headers,
  isInsert,
  isKeyed = false,
  connections,
  seconds,
  amount,
}: Load): Promise<LoadResult> {
  const batch = randomUUID();
  let count = 0;
  const newNote = (request: autocannon.Request) => ({
    ...request,
    body: JSON.stringify({
      title: `${batch} ${++count}`,
      body: 'Ordered two more of the blue ones for Thursday.',
    }),
    ...(isKeyed && { headers: { ...request.headers, 'idempotency-key': `${batch}-${count}` } }),
  });
  const startedAt = performance.now();
  const result = await autocannon({
    url: baseUrl,
    connections,
    sampleInt: SAMPLE_MS,
    ...(amount ? { amount } : { duration: seconds ?? 1 }),
    requests: paths.map((path) => ({
      path,
      method: isInsert ? ('POST' as const) : ('GET' as const),
      headers: { ...headers, ...(isInsert && { 'content-type': 'application/json' }) },
      ...(isInsert && { setupRequest: newNote }),
    })),
  });
  return {
    perSecond: (result['2xx'] * 1_000) / (performance.now() - startedAt),
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    requests: result['2xx'],
    failures: result.non2xx + result.errors,
  };
}

serveParent({ port: 0 }, { load });
