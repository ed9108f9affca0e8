import type { Client } from './client.js';
import { type Latency, latencyOf } from './latency.js';
import { DEPLOYED } from './scale.js';

/** What people and pipelines read, by a name for the report. All lists with 100 rows. */
export const READS: Record<string, string> = {
  'interactions, newest': '/v1/interactions?limit=100',
  'of a provider': '/v1/interactions?limit=100&provider=service-050',
  'of a consumer': '/v1/interactions?limit=100&consumer=service-050',
  'of a consumer version': `/v1/interactions?limit=100&consumer=service-050&consumerVersion=${DEPLOYED}`,
  'of a pair': '/v1/interactions?limit=100&consumer=gateway&provider=service-050',
  'of a pair and version': `/v1/interactions?limit=100&consumer=gateway&provider=service-050&consumerVersion=${DEPLOYED}`,
  'of a version of anybody': '/v1/interactions?limit=100&consumerVersion=2.7.0',
  'of an environment': '/v1/interactions?limit=100&environment=staging',
  'of an environment that has none': '/v1/interactions?limit=100&environment=nowhere',
  'of an operation': '/v1/interactions?limit=100&operation=GET%20%2Fthings-7%2F%7Bid%7D',
  'of an operation that nobody asked': '/v1/interactions?limit=100&operation=nothing',
  'of a provider and an operation that nobody asked':
    '/v1/interactions?limit=100&provider=service-050&operation=nothing',
  'with messages': '/v1/interactions?limit=100&include=messages',
  'statistics of a provider, 7 days': '/v1/services/accounts/interactions/stats?days=7',
  'statistics of a provider, 90 days': '/v1/services/accounts/interactions/stats?days=90',
  'statistics of the tenant': '/v1/stats',
  graph: '/v1/graph',
  dependencies: '/v1/dependencies?limit=100',
  'dependencies of a service': '/v1/dependencies?limit=100&service=accounts',
  'tasks, newest': '/v1/verification-tasks?limit=100',
  'tasks, open': '/v1/verification-tasks?limit=100&status=open',
  'tasks, open, of a provider':
    '/v1/verification-tasks?limit=100&status=open&provider=accounts&environment=production',
  'tasks of an environment': '/v1/verification-tasks?limit=100&environment=production&status=open',
  results: '/v1/verification-results?limit=100',
  'results of a provider': '/v1/verification-results?limit=100&provider=accounts',
  'results of a pair': '/v1/verification-results?limit=100&provider=orders&consumer=web',
  'matrix of all': '/v1/matrix?limit=100',
  'matrix of an environment': '/v1/matrix?limit=100&environment=production',
  deployments: '/v1/deployments?limit=100',
  'deployments, active': '/v1/deployments?limit=100&active=true&environment=production',
  'fixtures for a mock': '/v1/services/service-050/fixtures?operation=GET%20%2Fthings-9%2F%7Bid%7D',
  services: '/v1/services?limit=100',
  badge: '/v1/badges/web/orders.svg',
};

/** Each read so many times, and the list of interactions once more at its far end. */
export async function measureReads(client: Client, times: number): Promise<Record<string, Latency>> {
  const deep = await deepCursor(client);
  const reads = { ...READS, 'interactions, far from the newest': `/v1/interactions?limit=100&after=${deep}` };
  const measured: Record<string, Latency> = {};
  for (const [name, path] of Object.entries(reads)) {
    for (let warmUp = 0; warmUp < 3; warmUp++) await client.get(path);
    const all: number[] = [];
    for (let count = 0; count < times; count++) all.push((await client.get(path)).ms);
    measured[name] = latencyOf(all);
  }
  return measured;
}

/** Behind a row that is a hundred thousand rows old: by the cursor of the oldest pair's list, which is of the same kind. */
async function deepCursor(client: Client): Promise<string> {
  let after: string | null = null;
  for (let page = 0; page < 200; page++) {
    const cursor: string = after === null ? '' : `&after=${after}`;
    const { body } = await client.get(`/v1/interactions?limit=100&provider=service-050${cursor}`);
    if (body.page.next === null) break;
    after = body.page.next;
  }
  if (after === null) throw new Error('There are too few interactions for a deep cursor');
  return after;
}
