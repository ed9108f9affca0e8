import type { Client } from './client.js';
import { type Latency, latencyOf } from './latency.js';

const BATCH = 500;
const OPERATIONS = 20;

/** What is recorded: each new interaction once, by a consumer that is deployed beside its provider or not, and all of it again. */
const CASES = ['no specification', 'checked', 'checked, deployed', 'all duplicates'] as const;

export type Recording = Record<(typeof CASES)[number], Latency & { bytes: number }>;

/** Batches of 500 in one tenant that has many interactions already; the cases in turns. */
export async function measureRecording(client: Client, rounds: number): Promise<Recording> {
  await prepare(client);
  const times = new Map(CASES.map((name) => [name, [] as number[]]));
  let bytes = 0;
  // The first two warm up: the specification is compiled, and statements are prepared.
  for (let round = -2; round < rounds; round++) {
    const plain = batchOf('plain', 'recorder', round);
    for (const [name, batch, isNew] of [
      ['no specification', plain, true],
      ['checked', batchOf('described', 'recorder', round), true],
      ['checked, deployed', batchOf('described', 'deployed-recorder', round), true],
      ['all duplicates', plain, false],
    ] as const) {
      const { ms, body } = await client.post('/v1/interactions/batch', batch);
      if (body.summary.recorded !== (isNew ? BATCH : 0))
        throw new Error(`${name}: ${JSON.stringify(body.summary)}`);
      if (round >= 0) times.get(name)!.push(ms);
      bytes = JSON.stringify(batch).length;
    }
  }
  return Object.fromEntries(
    [...times].map(([name, all]) => [name, { ...latencyOf(all), bytes }]),
  ) as Recording;
}

async function prepare(client: Client): Promise<void> {
  for (const name of ['plain', 'described', 'recorder', 'deployed-recorder']) {
    await client.post('/v1/services', { name });
    await client.post(`/v1/services/${name}/versions`, { version: '1.0.0' });
  }
  await client.put('/v1/services/described/specs', { version: '1.0.0', spec: description() });
  for (const service of ['described', 'deployed-recorder'])
    await client.post('/v1/deployments', { service, version: '1.0.0', environment: 'production' });
}

const batchOf = (service: string, consumer: string, round: number) => ({
  interactions: Array.from({ length: BATCH }, (_, n) =>
    interactionOf(service, consumer, `${round}-${n}`, n % OPERATIONS),
  ),
});

const interactionOf = (service: string, consumer: string, id: string, kind: number) => ({
  service,
  serviceVersion: '1.0.0',
  consumer,
  consumerVersion: '1.0.0',
  environment: 'test',
  operation: `GET /things-${kind}/{id}`,
  request: {
    method: 'GET',
    path: `/things-${kind}/${id}`,
    query: { expand: 'lines' },
    headers: { Accept: 'application/json', 'User-Agent': 'jest', 'X-Request-Source': 'contract tests' },
  },
  response: {
    status: 200,
    headers: { 'content-type': 'application/json', date: 'Sat, 21 Nov 2026 09:30:00 GMT' },
    body: {
      id,
      state: 'open',
      customer: { name: 'Ada', email: 'ada@example.com' },
      total: 12.5,
      createdAt: '2026-11-21T09:30:00Z',
      lines: [1, 2, 3].map((n) => ({ sku: `sku-${n}`, count: n, price: n * 1.5 })),
    },
  },
  timestamp: '2026-11-21T09:30:00Z',
  duration: 12,
});

/** An OpenAPI document that all of it agrees with. */
function description(): object {
  const line = {
    type: 'object',
    required: ['sku', 'count'],
    properties: {
      sku: { type: 'string' },
      count: { type: 'integer', minimum: 0 },
      price: { type: 'number' },
    },
  };
  const thing = {
    type: 'object',
    required: ['id', 'state', 'lines'],
    properties: {
      id: { type: 'string', maxLength: 100 },
      state: { enum: ['open', 'closed'] },
      customer: {
        type: 'object',
        properties: { name: { type: 'string' }, email: { type: 'string', format: 'email' } },
      },
      total: { type: 'number' },
      createdAt: { type: 'string', format: 'date-time' },
      lines: { type: 'array', items: { $ref: '#/components/schemas/Line' } },
    },
  };
  const operation = {
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'expand', in: 'query', schema: { type: 'string' } },
    ],
    responses: {
      200: {
        description: 'It',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
      },
    },
  };
  const paths = Array.from({ length: OPERATIONS }, (_, kind) => [`/things-${kind}/{id}`, { get: operation }]);
  return {
    openapi: '3.0.3',
    info: { title: 'Things', version: '1.0.0' },
    paths: Object.fromEntries(paths),
    components: { schemas: { Thing: thing, Line: line } },
  };
}
