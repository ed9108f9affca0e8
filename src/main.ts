import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { configureApp, createAdapter } from './app.js';
import { type Config, ConfigError, readConfig } from './config/index.js';
import { DatabaseError } from './database/index.js';

/** Starts the HTTP server; resolves when it listens. Rejects with `ConfigError` or `DATABASE_UNAVAILABLE`. */
export async function startServer(config: Config): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config), createAdapter(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  await configureApp(app).listen(config.http.port, config.http.host);
  return app;
}

/** Says what is wrong in words and ends the process: 2 for the configuration, 1 for everything else. */
export function failStart(error: unknown): never {
  const isExpected = error instanceof ConfigError || error instanceof DatabaseError;
  console.error(isExpected ? error.message : error);
  process.exit(error instanceof ConfigError ? 2 : 1);
}

if (import.meta.main) {
  try {
    await startServer(readConfig());
  } catch (error) {
    failStart(error);
  }
}
