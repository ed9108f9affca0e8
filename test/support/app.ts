import 'reflect-metadata';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../src/app.module.js';
import { APP_OPTIONS, createAdapter, initApp } from '../../src/app.js';
import { type DemoKeys, TWO_TENANTS, seedDemo } from '../../src/local/demo-data.js';
import * as notesSchema from '../notes/notes.schema.js';
import { installNotes } from '../notes/install-notes.js';
import { NotesModule } from '../notes/notes.module.js';
import { AppLogger } from '../../src/observability/index.js';
import { testConfig } from './config.js';
import { type TestDatabase, createTestDatabase } from './database.js';
import { noteSecret } from './test-logs.js';

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

/** The whole application on a database of its own, with the demo tenants, an operator, and the notes resource on top. */
export interface TestApp {
  app: NestFastifyApplication;
  database: TestDatabase;
  acme: { id: string; apiKey: string };
  globex: { id: string; apiKey: string };
  operator: { apiKey: string };
  call(method: string, url: string, call?: Call): Promise<Answer>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  environment?: Record<string, string>;
  /** Further modules, imported beside the application's. */
  imports?: Type[];
  /** A second instance on the database of a first. */
  sharing?: TestApp;
  /** Instead of a clone of the template. */
  database?: TestDatabase;
}

export async function createTestApp({
  environment,
  imports = [],
  sharing,
  ...options
}: TestAppOptions = {}): Promise<TestApp> {
  const database = sharing?.database ?? options.database ?? (await createTestDatabase());
  if (!sharing) await installNotes((text) => database.query(text));
  const app = await startApp(database, environment, imports);
  const demo = sharing ? undefined : await seedDemo(app, TWO_TENANTS);
  const { acme, globex, operator } = sharing ?? byName(demo!);
  return {
    app,
    database,
    acme,
    globex,
    operator,
    call: (method, url, call) => inject(app, method, url, call),
    close: async () => {
      await app.close();
      if (!sharing) await database.drop();
    },
  };
}

async function startApp(
  database: TestDatabase,
  environment: Record<string, string> | undefined,
  imports: Type[],
) {
  const config = testConfig(database, environment);
  class TestRootModule {}
  Module({ imports: [AppModule.forRoot(config, notesSchema), NotesModule, ...imports] })(TestRootModule);
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
  if (as) noteSecret(as);
  const response = await app.inject({
    method: method as 'GET',
    url,
    headers: { ...(as && { authorization: `Bearer ${as}` }), ...headers },
    ...(body !== undefined && { payload: body as object }),
  });
  for (const [key] of response.body.matchAll(/rh_[0-9a-f]{20}_[0-9a-f]{64}/g)) noteSecret(key);
  const isJson = String(response.headers['content-type']).includes('json') && response.body !== '';
  return {
    status: response.statusCode,
    headers: response.headers,
    body: isJson ? response.json() : undefined,
    text: response.body,
  };
}
