import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { APP_OPTIONS, createAdapter, initApp } from '../../src/app.js';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/config/index.js';
import { seedDemo } from '../../src/local/demo-data.js';

/** The application in this process, where its connections can be listened to. */
export async function startExplainedApp(environment: Record<string, string>) {
  const config = loadConfig({ ...environment, NODE_ENV: 'test' });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config),
    createAdapter(config),
    {
      ...APP_OPTIONS,
      logger: ['error', 'warn'],
    },
  );
  await initApp(app);
  const { tenants } = await seedDemo(app);
  const { apiKey } = tenants.find(({ slug }) => slug === 'acme')!;
  const send = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const headers = { authorization: `Bearer ${apiKey}` };
    const answer = await app.inject({ method, url, headers, ...(payload && { payload }) });
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
  };
  return { app, send };
}
