import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { APP_OPTIONS, configureApp, createAdapter } from '../src/app.js';
import { AppModule } from '../src/app.module.js';
import { loadConfig } from '../src/config/index.js';
import { seedDemo } from '../src/local/demo-data.js';
import { NotesModule } from '../test/notes/notes.module.js';
import * as notesSchema from '../test/notes/notes.schema.js';
import { portOf, serveParent } from './child.js';

/** Variant (d): the whole application as it runs in production, with the notes resource on top. */
const config = loadConfig(process.env);

@Module({ imports: [AppModule.forRoot(config, notesSchema), NotesModule] })
class BenchModule {}

const app = await NestFactory.create<NestFastifyApplication>(BenchModule, createAdapter(config), {
  ...APP_OPTIONS,
  logger: ['error', 'warn'],
});
await configureApp(app).init();
const { tenants } = await seedDemo(app);
await app.listen(0, '127.0.0.1');
const keys = Object.fromEntries(tenants.map(({ slug, apiKey }) => [slug, apiKey]));
serveParent({ port: portOf(await app.getUrl()), keys });
