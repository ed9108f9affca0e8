import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { addAccess, addETags } from './http/index.js';
import { tagsOf } from './openapi-tags.js';
import { addIdempotency } from './tenancy/index.js';

/** For whoever opens `/docs`, of a service in production too. */
const INTRODUCTION = [
  "A multi-tenant REST API. The tenant comes from the credential; another tenant's rows are 404.",
  'To try it here, press **Authorize** and paste an API key. `npm start`, on a machine of yours, prints one for each of its tenants and keeps them in `.rowhouse/demo.json`; of a service that others run, an admin of your tenant makes you one (`POST /v1/api-keys`).',
  'Errors are problem documents (RFC 9457) with a stable `code`. Lists are paged: send `page.next` of a page as `after` for the next. A POST may carry an `Idempotency-Key`, and is then safe to send again. Single resources carry an `ETag`: `If-None-Match` answers 304, `If-Match` 412 where somebody else was faster.',
].join('\n\n');

/** The OpenAPI document of the running code: controllers, DTOs (their comments by the compiler plugin), scopes and problems. */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle('Rowhouse')
    .setDescription(INTRODUCTION)
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'API key or JWT',
      description: 'An API key, `rh_<public id>_<secret>`, or a token of a configured identity provider',
    })
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-Tenant',
        description:
          'Of a person who is a member of several tenants: the slug or id of the one that is meant. An API key has one tenant, and needs no such header',
      },
      'tenant',
    )
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  document.tags = tagsOf(document);
  addAccess(document, app.get(DiscoveryService, { strict: false }), app.get(Reflector));
  return addIdempotency(addETags(document));
}
