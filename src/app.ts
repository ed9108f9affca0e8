import { randomUUID } from 'node:crypto';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { Config } from './config/index.js';
import { buildOpenApi } from './openapi.js';

/** The HTTP server below Nest; the request id it makes is the `instance` of every problem. */
export const createAdapter = (config: Config) =>
  new FastifyAdapter({ bodyLimit: config.http.bodyLimitBytes, genReqId: () => randomUUID(), routerOptions: { maxParamLength: 255 } });

/** What `main.ts` and the tests share: everything that is not in a module. */
export function configureApp(app: NestFastifyApplication): NestFastifyApplication {
  app.enableShutdownHooks();
  app.getHttpAdapter().getInstance().addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('cache-control', 'private, no-store');
    done();
  });
  SwaggerModule.setup('docs', app, () => buildOpenApi(app), { jsonDocumentUrl: 'openapi.json', raw: ['json'], customSiteTitle: 'Rowhouse API' });
  return app;
}
