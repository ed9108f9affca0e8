import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../app.module.js';
import { createAdapter } from '../app.js';
import { loadConfig } from '../config/index.js';
import { buildOpenApi } from '../openapi.js';
import { writeGenerated } from './generated-file.js';

/** Nobody listens there, and nobody is asked: pools connect in `init()`, which is not called. */
const NOWHERE = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'silent',
  DATABASE_URL: 'postgres://rowhouse_app@127.0.0.1:1/nowhere',
  CONTROL_DATABASE_URL: 'postgres://rowhouse_control@127.0.0.1:1/nowhere',
};

export async function writeOpenApi({ check = false }: { check?: boolean }): Promise<void> {
  const config = loadConfig(NOWHERE);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config),
    createAdapter(config),
    {
      logger: false,
      abortOnError: false,
    },
  );
  const { paths, components, ...rest } = buildOpenApi(app);
  const schemas = sorted(components?.schemas ?? {});
  const document = { ...rest, paths: sorted(paths), components: { ...components, schemas } };
  await writeGenerated('openapi.json', `${JSON.stringify(document, null, 2)}\n`, check, 'npm run openapi');
}

/** By name, so that the order of the modules changes no line. */
const sorted = <T>(entries: Record<string, T>) =>
  Object.fromEntries(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1)));
