import {
  ASKED_BY_GATEWAY,
  ASKING_ACCOUNTS,
  DEPLOYED,
  NEWEST,
  RECORDED_VERSIONS,
  type Scale,
  VERSIONS,
} from './scale.js';

/** Of a step's rows, so that ids are the same in every run and, as those of the application, ordered by time. */
const KINDS = {
  service: 1,
  version: 2,
  environment: 3,
  deployment: 4,
  link: 5,
  interaction: 6,
  task: 7,
} as const;

const idOf = (kind: keyof typeof KINDS, number: string) =>
  `(lpad(to_hex(1750000000000 + (${number})), 12, '0') || '7' || lpad('${KINDS[kind]}', 3, '0') || '8' || repeat('0', 15))::uuid`;

const ENVIRONMENTS = ['production', 'staging', 'test'];
const environmentId = (name: string) => idOf('environment', String(ENVIRONMENTS.indexOf(name)));

/** The first four services have names that the measurements ask for. */
const NAME = `CASE n WHEN 1 THEN 'gateway' WHEN 2 THEN 'accounts' WHEN 3 THEN 'web' WHEN 4 THEN 'orders'
  ELSE 'service-' || lpad(n::text, 3, '0') END`;
const FIRST_ORDINARY = 5;

/**
 * The rows of one tenant, as its clients would have left them: one statement per table, to be run by a superuser in one
 * session. All constraints are on, but for the foreign keys of interactions.
 */
export const tenantRows = (tenantId: string, scale: Scale): string[] => [
  'DROP TABLE IF EXISTS links, versions',
  `INSERT INTO services (tenant_id, id, name, metadata)
   SELECT '${tenantId}', ${idOf('service', 'n')}, ${NAME}, '{}' FROM generate_series(1, ${scale.services}) n`,
  versions(scale),
  `INSERT INTO service_versions (tenant_id, id, service_id, version, created_by)
   SELECT '${tenantId}', ${idOf('version', 'row_number() OVER (ORDER BY n, service)')}, ${idOf('service', 'service')}, version, 'bench'
     FROM versions`,
  `INSERT INTO environments (tenant_id, id, name, display_name, is_production)
   SELECT '${tenantId}', ${idOf('environment', 'n - 1')}, name, name, name = 'production'
     FROM unnest(ARRAY['${ENVIRONMENTS.join("', '")}']) WITH ORDINALITY AS environment (name, n)`,
  deployments(tenantId, scale),
  links(scale),
  'ANALYZE links',
  `INSERT INTO dependencies (tenant_id, id, consumer_id, consumer_version, provider_id, interactions, first_seen_at, last_seen_at)
   SELECT '${tenantId}', ${idOf('link', 'n')}, ${idOf('service', 'consumer')}, version, ${idOf('service', 'provider')},
          ${scale.interactions} / total + (n < ${scale.interactions} % total)::int, now() - interval '90 days', now() FROM links`,
  // Their foreign keys hold by construction; looking them up row by row took two fifths of the time.
  'SET session_replication_role = replica',
  interactions(tenantId, scale),
  'RESET session_replication_role',
  'ANALYZE versions, dependencies, interactions',
  tasks(tenantId),
  results(tenantId),
  fixtures(tenantId, scale),
];

/** `n`: how old; 0 is the oldest. */
const versions = ({ services, matrix }: Scale) => `
  CREATE TEMP TABLE versions AS
  SELECT service, n, CASE WHEN service IN (3, 4) THEN '2.' ELSE '1.' END || n || '.0' AS version
    FROM generate_series(1, ${services}) service,
         LATERAL generate_series(0, CASE WHEN service IN (3, 4) THEN ${Math.max(matrix, VERSIONS)} ELSE ${VERSIONS} END - 1) n`;

/** Each version was in each environment, one after the other; the newest is not in production yet. */
const deployments = (tenantId: string, { services }: Scale) => `
  INSERT INTO deployments (tenant_id, id, service_id, environment_id, version, deployed_at, deployed_by, active, undeployed_at)
  SELECT '${tenantId}', ${idOf('deployment', `(n * 3 + environment) * ${services} + service`)}, ${idOf('service', 'service')},
         ${idOf('environment', 'environment')}, version, deployed_at, 'bench', is_newest,
         CASE WHEN NOT is_newest THEN deployed_at + interval '7 days' END
    FROM versions, generate_series(0, ${ENVIRONMENTS.length - 1}) environment,
         LATERAL (SELECT n = ${VERSIONS - 2} + (environment > 0)::int AS is_newest,
                         now() - (${VERSIONS} - n) * interval '7 days' AS deployed_at) AS place
   WHERE service NOT IN (3, 4) AND n <= ${VERSIONS - 2} + (environment > 0)::int`;

/** Whom each asks: five others; `gateway` half of all, three quarters ask `accounts`, and `web` asks `orders`. */
const links = ({ services }: Scale) => `
  CREATE TEMP TABLE links AS
  WITH pairs AS (
    SELECT consumer, ${FIRST_ORDINARY} + (consumer * 7 + k * 13) % (${services} - ${FIRST_ORDINARY - 1}) AS provider
      FROM generate_series(${FIRST_ORDINARY}, ${services}) consumer, generate_series(1, 5) k
    UNION SELECT 1, n FROM generate_series(${FIRST_ORDINARY}, ${FIRST_ORDINARY - 1} + (${services} * ${ASKED_BY_GATEWAY})::int) n
    UNION SELECT n, 2 FROM generate_series(${FIRST_ORDINARY}, ${FIRST_ORDINARY - 1} + (${services} * ${ASKING_ACCOUNTS})::int) n
    UNION SELECT 3, 4)
  SELECT (row_number() OVER (ORDER BY n, consumer, provider) - 1)::int AS n, count(*) OVER ()::int AS total, consumer, version, provider
    FROM pairs JOIN versions ON service = consumer AND (consumer = 3 OR n >= ${VERSIONS - RECORDED_VERSIONS})
   WHERE consumer <> provider`;

/** In turn of every link, over 90 days; some 900 bytes each. */
const interactions = (tenantId: string, { interactions: count }: Scale) => `
  INSERT INTO interactions (tenant_id, id, service_id, service_version, consumer_id, consumer_version, environment,
                            operation, request, response, recorded_at, duration_ms, violations, hash)
  SELECT '${tenantId}', ${idOf('interaction', 'i')}, ${idOf('service', 'provider')}, '${DEPLOYED}', ${idOf('service', 'consumer')}, version,
         (ARRAY['test', 'staging'])[1 + (i % 10 = 0)::int], 'GET /things-' || i % 20 || '/{id}',
         jsonb_build_object('method', 'GET', 'path', '/things-' || i % 20 || '/' || i, 'query', jsonb_build_object('expand', 'lines'),
           'headers', jsonb_build_object('accept', 'application/json', 'x-caller', 'bench', 'accept-language', 'en')),
         jsonb_build_object('status', 200, 'headers', jsonb_build_object('content-type', 'application/json'), 'body',
           jsonb_build_object('id', i, 'state', 'open', 'customer', md5(i::text), 'total', i % 1000, 'lines', jsonb_build_array(
             jsonb_build_object('sku', md5('a' || i), 'count', i % 7), jsonb_build_object('sku', md5('b' || i), 'count', i % 5)))),
         now() - (${count} - i) * (interval '90 days' / ${count}), i % 500, '[]', sha256(i::text::bytea)
    FROM (SELECT count(*)::int AS total FROM links) every CROSS JOIN generate_series(0, ${count} - 1) i
         JOIN links ON links.n = i % every.total`;

/** Of each link with the provider's newest four versions, and of `web` with all of `orders`. Those that run have a whole snapshot. */
const tasks = (tenantId: string) => `
  INSERT INTO verification_tasks (tenant_id, id, provider_id, provider_version, consumer_id, consumer_version, environment_id,
                                  interactions, recorded, status)
  SELECT '${tenantId}', ${idOf('task', 'row_number() OVER (ORDER BY versions.n, links.n)')}, ${idOf('service', 'provider')}, versions.version,
         ${idOf('service', 'consumer')}, links.version, ${environmentId('production')}, snapshot.items, dependency.interactions,
         CASE WHEN links.n % 50 = 0 THEN 'failed' WHEN links.n % 50 = 1 THEN 'open' ELSE 'verified' END
    FROM links JOIN versions ON service = provider AND (consumer = 3 OR versions.n >= ${VERSIONS - 4})
         JOIN dependencies dependency ON dependency.tenant_id = '${tenantId}' AND dependency.id = ${idOf('link', 'links.n')},
         LATERAL (
           SELECT jsonb_agg(jsonb_build_object('id', id, 'operation', operation, 'request', request, 'response', response)) AS items
             FROM (SELECT * FROM interactions i WHERE i.tenant_id = '${tenantId}' AND i.service_id = dependency.provider_id
                      AND i.consumer_id = dependency.consumer_id AND i.consumer_version = dependency.consumer_version
                    ORDER BY i.id DESC
                    LIMIT CASE WHEN links.version = '${DEPLOYED}' AND versions.version IN ('${DEPLOYED}', '${NEWEST}') THEN 100 ELSE 1 END) newest
         ) AS snapshot
   WHERE snapshot.items IS NOT NULL`;

/** Each task was tried three times: once in vain, and then as its state says. */
const results = (tenantId: string) => `
  INSERT INTO verification_results (tenant_id, id, task_id, provider_id, provider_version, consumer_id, consumer_version,
                                    environment_id, results, outcome, covers, submitted_at, submitted_by)
  SELECT tenant_id, ${idOf('task', '(row_number() OVER (ORDER BY attempt, id))')}, id, provider_id, provider_version, consumer_id, consumer_version,
         environment_id, jsonb_build_array(jsonb_build_object('interactionId', interactions -> 0 ->> 'id', 'success', attempt > 1)),
         CASE WHEN attempt = 1 OR status = 'failed' THEN 'failed' ELSE 'passed' END, recorded,
         now() - (3 - attempt) * interval '20 days', 'bench'
    FROM verification_tasks, generate_series(1, 3) attempt
   WHERE tenant_id = '${tenantId}' AND status <> 'open'`;

const fixtures = (tenantId: string, { services }: Scale) => `
  INSERT INTO fixtures (tenant_id, id, service_id, service_version, operation, status, source, data, approved_by, approved_at, hash)
  SELECT '${tenantId}', ${idOf('link', 'n')}, ${idOf('service', `1 + n % ${services}`)}, '${DEPLOYED}', 'GET /things-' || n % 20 || '/{id}',
         CASE WHEN n % 5 = 0 THEN 'draft' ELSE 'approved' END, 'provider',
         jsonb_build_object('request', jsonb_build_object('method', 'GET'), 'response', jsonb_build_object('status', 200)),
         CASE WHEN n % 5 > 0 THEN 'bench' END, CASE WHEN n % 5 > 0 THEN now() END, sha256(n::text::bytea)
    FROM generate_series(0, ${services} * 10 - 1) n`;
