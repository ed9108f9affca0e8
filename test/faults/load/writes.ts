import { placesOf, type Tenant } from '../world/tenants.js';
import type { Request } from './exchange.js';
import { repositoryAdded } from './webhooks.js';

/** A change that the load makes, and how to find it in the database by its marker. */
export interface WriteKind {
  /** Without dots: it stands in markers. */
  name: string;
  /** With an Idempotency-Key; then it is asked for until it is answered. */
  isKeyed: boolean;
  /** Of a deployment, the marker is that of its version, and of a removal that of its service; `service`: what is described. */
  request(marker: string, tenant: Tenant, service: string): Omit<Request, 'idempotencyKey'>;
  /** Whatever tenant they are in: `marker`, `tenant_id`, and `n`, how many. */
  stored: string;
  /** How many there must be; default 1. */
  rows?: number;
}

const OPERATION = 'GET /orders/{id}';
const BATCH = 3;

const interaction = (path: string, { slug }: Tenant) => ({
  service: placesOf(slug).provider,
  serviceVersion: '2.0.0',
  consumer: placesOf(slug).consumer,
  consumerVersion: '1.0.0',
  environment: placesOf(slug).environment,
  operation: OPERATION,
  request: { method: 'GET', path },
  response: { status: 200, body: { of: path } },
});

/** `column`: where the marker stands. */
const counted = (table: string, column: string, kind: string, condition = 'true') => `
  SELECT ${column} AS marker, tenant_id, count(*)::int AS n FROM ${table}
  WHERE ${column} LIKE '%.${kind}.%' AND ${condition} GROUP BY 1, 2`;

/** In a record, so that the load can name them. */
export const WRITES = {
  service: {
    name: 'service',
    isKeyed: true,
    request: (name) => ({ method: 'POST', path: '/v1/services', body: { name } }),
    stored: counted('services', 'name', 'service'),
  },
  description: {
    name: 'description',
    isKeyed: false,
    request: (description, _, service) => ({
      method: 'PATCH',
      path: `/v1/services/${service}`,
      body: { description },
    }),
    stored: counted('services', 'description', 'description'),
  },
  removal: {
    name: 'removal',
    isKeyed: false,
    request: (service) => ({ method: 'DELETE', path: `/v1/services/${service}` }),
    stored: counted('services', 'name', 'service', 'deleted_at IS NOT NULL'),
  },
  version: {
    name: 'version',
    isKeyed: true,
    request: (version, { slug }) => ({
      method: 'POST',
      path: `/v1/services/${placesOf(slug).provider}/versions`,
      body: { version },
    }),
    stored: counted('service_versions', 'version', 'version'),
  },
  interaction: {
    name: 'interaction',
    isKeyed: true,
    request: (marker, tenant) => ({
      method: 'POST',
      path: '/v1/interactions',
      body: interaction(`/${marker}`, tenant),
    }),
    stored: counted('interactions', `substr(request->>'path', 2)`, 'interaction'),
  },
  batch: {
    name: 'batch',
    isKeyed: true,
    request: (marker, tenant) => ({
      method: 'POST',
      path: '/v1/interactions/batch',
      body: {
        interactions: Array.from({ length: BATCH }, (_, i) => interaction(`/${marker}/${i}`, tenant)),
      },
    }),
    stored: counted('interactions', `split_part(request->>'path', '/', 2)`, 'batch'),
    rows: BATCH,
  },
  fixture: {
    name: 'fixture',
    isKeyed: true,
    request: (marker, { slug }) => ({
      method: 'POST',
      path: '/v1/fixtures',
      body: {
        service: placesOf(slug).provider,
        serviceVersion: '2.0.0',
        operation: OPERATION,
        data: { request: { path: `/${marker}` }, response: { status: 200, body: { of: marker } } },
      },
    }),
    stored: counted('fixtures', `substr(data->'request'->>'path', 2)`, 'fixture'),
  },
  deployment: {
    name: 'deployment',
    isKeyed: true,
    request: (version, { slug }) => ({
      method: 'POST',
      path: '/v1/deployments',
      body: { service: placesOf(slug).provider, version, environment: placesOf(slug).environment },
    }),
    stored: counted('deployments', 'version', 'version'),
  },
  /** Nothing but the key keeps it from being made twice: its name is not unique. */
  apikey: {
    name: 'apikey',
    isKeyed: true,
    request: (name) => ({ method: 'POST', path: '/v1/api-keys', body: { name } }),
    stored: counted('api_keys', 'name', 'apikey'),
  },
  /** Acknowledged at once, and handled afterwards by whichever server comes to it. GitHub's delivery id is its key. */
  webhook: {
    name: 'webhook',
    isKeyed: true,
    request: repositoryAdded,
    stored: counted('github_installation_repositories', 'name', 'webhook', 'removed_at IS NULL'),
  },
  /** On the control plane. */
  operated: {
    name: 'operated',
    isKeyed: true,
    request: (name, { id, operator }) => ({
      method: 'POST',
      path: `/v1/admin/tenants/${id}/api-keys`,
      body: { name },
      apiKey: operator,
    }),
    stored: counted('api_keys', 'name', 'operated'),
  },
  /** The same without a key: asked for once, and made at most once. */
  once: {
    name: 'once',
    isKeyed: false,
    request: (name) => ({ method: 'POST', path: '/v1/api-keys', body: { name } }),
    stored: counted('api_keys', 'name', 'once'),
  },
} satisfies Record<string, WriteKind>;

/** What one transaction writes in several tables; every row of an answer is one half without the other. */
export const INVARIANTS = {
  'a key without the line of who made it, or with two': `
    SELECT k.tenant_id, k.name FROM api_keys k
    LEFT JOIN audit_log a ON a.tenant_id = k.tenant_id AND a.entity_id = k.id::text AND a.action = 'api_keys.create'
    WHERE k.name ~ '\\.(apikey|once)\\.' GROUP BY k.tenant_id, k.id, k.name HAVING count(a.id) <> 1`,
  'a line of somebody else': `
    SELECT a.tenant_id, a.id FROM audit_log a JOIN tenants t ON t.id = a.tenant_id
    WHERE a.new_values->>'name' ~ '\\.(apikey|once|service)\\.'
      AND split_part(a.new_values->>'name', '.', 1) <> t.slug`,
  'a count of interactions that is not their number': `
    SELECT d.tenant_id, d.interactions, count(i.id) AS found FROM dependencies d
    LEFT JOIN interactions i ON i.tenant_id = d.tenant_id AND i.service_id = d.provider_id
      AND i.consumer_id = d.consumer_id AND i.consumer_version = d.consumer_version AND i.deleted_at IS NULL
    GROUP BY d.tenant_id, d.id, d.interactions HAVING count(i.id) <> d.interactions`,
  'two versions that run at one place': `
    SELECT tenant_id, environment_id, service_id FROM deployments WHERE active
    GROUP BY 1, 2, 3 HAVING count(*) > 1`,
};
