import { READS } from './reads.js';
import { DEPLOYED, NEWEST } from './scale.js';

export interface Request {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: object;
}

const get = (path: string): Request => ({ method: 'GET', path });
const readsOf = (prefix: RegExp) =>
  Object.values(READS)
    .filter((path) => prefix.test(path))
    .map(get);

const canIDeploy = (service: string, semver = 'none') =>
  get(`/v1/can-i-deploy?service=${service}&version=${NEWEST}&environment=production&semver=${semver}`);

/** Two of a consumer that runs in production beside its provider: one is new each time the data is. */
const batch = {
  interactions: [1, 2].map((n) => ({
    service: 'accounts',
    consumer: 'service-050',
    consumerVersion: DEPLOYED,
    environment: 'test',
    operation: `GET /recorded-${n}`,
    request: { method: 'GET', path: `/recorded-${n}` },
    response: { status: 200 },
  })),
};

/** The requests whose statements are kept as plans, by file. */
export const REQUESTS: Record<string, Request[]> = {
  'can-i-deploy': [
    canIDeploy('service-170'),
    canIDeploy('gateway'),
    canIDeploy('accounts'),
    canIDeploy('gateway', 'minor'),
  ],
  interactions: readsOf(/^\/v1\/interactions/),
  statistics: readsOf(/stats/),
  matrix: [get('/v1/matrix?consumer=web&provider=orders&limit=100'), ...readsOf(/matrix|badge/)],
  dependencies: readsOf(/dependencies|graph/),
  verification: readsOf(/verification/),
  others: readsOf(/deployments|fixtures|services\?/),
  recording: [{ method: 'POST', path: '/v1/interactions/batch', body: batch }],
  deployment: [
    {
      method: 'POST',
      path: '/v1/deployments',
      body: { service: 'accounts', version: NEWEST, environment: 'production' },
    },
  ],
};
