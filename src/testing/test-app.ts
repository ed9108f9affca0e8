import 'reflect-metadata';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../app.module.js';
import { APP_OPTIONS, createAdapter, initApp } from '../app.js';
import { type DemoKeys, TWO_TENANTS, seedDemo } from '../local/demo-data.js';
import { AppLogger } from '../observability/index.js';
import { installTables } from './install-tables.js';
import { testConfig } from './test-config.js';
import { type TestDatabase, createTestDatabase } from './test-database.js';

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads whatever the API answered
  body: any;
  text: string;
}

export interface Call {
  /** An API key. */
  as?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A tenant, and a key with all scopes that a key of it can have. */
export interface TestTenant {
  id: string;
  apiKey: string;
}

/** The whole application on a database of its own, with two tenants and an operator. */
export interface TestApp {
  app: NestFastifyApplication;
  database: TestDatabase;
  acme: TestTenant;
  globex: TestTenant;
  operator: { apiKey: string };
  /** A request without a socket in between. */
  call(method: string, url: string, call?: Call): Promise<Answer>;
  /** A further tenant, by its slug. */
  createTenant(slug: string): Promise<TestTenant>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** Variables that differ from those of a suite. */
  environment?: Record<string, string>;
  /** Further modules, imported beside the application's. */
  imports?: Type[];
  /** Further tables and relations. */
  schema?: Record<string, unknown>;
  /** Makes what the modules need in the database. Default: the tables of `schema`, by drizzle-kit. */
  prepare?: (database: TestDatabase) => Promise<void>;
  /** A second instance on the database of a first. */
  sharing?: TestApp;
  /** Instead of a clone of the template. */
  database?: TestDatabase;
  /** Where everything is logged to. Default: nowhere. */
  logFile?: string;
}

/**
 * Starts the application as `main.ts` does, on a clone of the run's template, but does not listen. Call `close()` in afterAll.
 * @throws what a start throws: where a wall of a table is missing, MigrationError (ISOLATION_BROKEN).
 */
export async function createTestApp({ sharing, ...options }: TestAppOptions = {}): Promise<TestApp> {
  const database = sharing?.database ?? options.database ?? (await createTestDatabase());
  if (!sharing) await prepare(database, options);
  const app = await startApp(database, options);
  const { acme, globex, operator } = sharing ?? byName(await seedDemo(app, TWO_TENANTS));
  return {
    app,
    database,
    acme,
    globex,
    operator,
    call: (method, url, call) => inject(app, method, url, call),
    createTenant: async (slug) => {
      const { tenants } = await seedDemo(app, [{ slug, name: slug, plan: 'pro' }]);
      return tenants[0]!;
    },
    close: async () => {
      await app.close();
      if (!sharing) await database.drop();
    },
  };
}

const prepare = (
  database: TestDatabase,
  { schema, prepare: make }: TestAppOptions,
): Promise<void> | undefined => (make ? make(database) : schema && installTables(database, schema));

async function startApp(
  database: TestDatabase,
  { environment, imports = [], schema, logFile }: TestAppOptions,
): Promise<NestFastifyApplication> {
  const config = testConfig(database, environment, logFile);
  class TestRootModule {}
  Module({ imports: [AppModule.forRoot(config, schema), ...imports] })(TestRootModule);
  const app = await NestFactory.create<NestFastifyApplication>(TestRootModule, createAdapter(config), {
    ...APP_OPTIONS,
    logger: false,
  });
  app.useLogger(app.get(AppLogger));
  return initApp(app);
}

const byName = ({ tenants, operator }: DemoKeys) => ({
  acme: tenants.find(({ slug }) => slug === 'acme')!,
  globex: tenants.find(({ slug }) => slug === 'globex')!,
  operator,
});

async function inject(
  app: NestFastifyApplication,
  method: string,
  url: string,
  { as, headers, body }: Call = {},
): Promise<Answer> {
  const response = await app.inject({
    method: method as 'GET',
    url,
    headers: { ...(as && { authorization: `Bearer ${as}` }), ...headers },
    ...(body !== undefined && { payload: body as object }),
  });
  const isJson = String(response.headers['content-type']).includes('json') && response.body !== '';
  return {
    status: response.statusCode,
    headers: response.headers,
    body: isJson ? response.json() : undefined,
    text: response.body,
  };
}
