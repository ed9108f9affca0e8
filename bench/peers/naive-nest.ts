import 'reflect-metadata';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { portOf, serveParent } from '../child.js';
import { PeerModule } from './naive-nest.module.js';
import { TransactionInterceptor } from './transaction.interceptor.js';

/** Variant (c): the naive way inside NestJS, as an interceptor, with Drizzle. */
const app = await NestFactory.create<NestFastifyApplication>(PeerModule, new FastifyAdapter(), {
  logger: ['error', 'warn'],
});
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
app.useGlobalInterceptors(new TransactionInterceptor());
await app.listen(0, '127.0.0.1');
serveParent({ port: portOf(await app.getUrl()) });
