import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { Config } from './config/index.js';
import { serveDocs } from './docs-page.js';
import {
  LastAnswers,
  addBodyDepthLimit,
  addBodyLimits,
  addCors,
  addJsonBodies,
  addMetadataFilters,
  addRawBodies,
  addRequestAbort,
  addRequestRules,
  addSecurityHeaders,
  serverOptions,
} from './http/index.js';
import { AppLogger, RequestObserver, requestIdOf } from './observability/index.js';
import type { AllowedFinding } from './tenancy/audit/index.js';

/** Fastify's own JSON parser serves, which refuses `__proto__`; Nest's would add forms, which nobody reads. */
export const APP_OPTIONS = { bodyParser: false, abortOnError: false } as const;

/**
 * The whole application, not yet listening. `allowed`: findings of the audit that do not count, instead of those of
 * `audit-allowed.ts`. Rejects with `DATABASE_UNAVAILABLE` where the database cannot be reached, and with a MigrationError
 * (ISOLATION_BROKEN) where the walls between tenants are broken.
 */
export async function createApp(
  config: Config,
  allowed?: readonly AllowedFinding[],
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, {}, allowed),
    createAdapter(config),
    {
      ...APP_OPTIONS,
      bufferLogs: true,
    },
  );
  app.useLogger(app.get(AppLogger));
  app.flushLogs(); // else Nest keeps them until the start is over: nobody would see what it waits for
  return initApp(app);
}

/** Configures and initializes, which audits; where a module or the audit refuses, all that did start is closed again. */
export async function initApp(app: NestFastifyApplication): Promise<NestFastifyApplication> {
  try {
    return await configureApp(app).init();
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** The HTTP server below Nest; the request id it finds or makes is the `instance` of every problem. */
export const createAdapter = (config: Config) =>
  new FastifyAdapter({
    ...serverOptions(config.http),
    genReqId: ({ headers }: IncomingMessage) => requestIdOf(headers['x-request-id']),
  });

/** What `main.ts` and the tests share: everything that is not in a module. */
export function configureApp(app: NestFastifyApplication): NestFastifyApplication {
  const fastify = app.getHttpAdapter().getInstance();
  // The first hook of all, so that a request that a later one answers is seen as well.
  app.get(RequestObserver).watch(fastify, ({ tenantContext }) => {
    if (!tenantContext) return undefined;
    const { tenantId, actor } = tenantContext;
    return { tenantId, principal: { kind: actor.type, id: actor.id } };
  });
  fastify.removeContentTypeParser('text/plain'); // JSON only: anything else is 415
  const { environment, http } = app.get(Config);
  const { corsOrigins, requestTimeoutMs } = http;
  addRequestAbort(fastify, requestTimeoutMs);
  app.get(LastAnswers).watch(fastify);
  addCors(app, corsOrigins);
  addSecurityHeaders(app, fastify, '/docs');
  addJsonBodies(fastify);
  addBodyLimits(fastify);
  addRawBodies(fastify);
  addBodyDepthLimit(fastify);
  addMetadataFilters(fastify);
  addRequestRules(fastify, corsOrigins.length > 0);
  serveDocs(app, environment);
  // Whoever opens the address in a browser looks for this.
  fastify.get('/', (_request, reply) => reply.redirect('/docs'));
  return app;
}
