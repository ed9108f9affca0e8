import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { addAccess, addETags } from './http/index.js';
import { addIdempotency } from './tenancy/index.js';

/** The OpenAPI document of the running code: controllers, DTOs (their comments by the compiler plugin), scopes and problems. */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle('Rowhouse')
    .setDescription(
      "A multi-tenant REST API. The tenant comes from the credential; another tenant's rows are 404.",
    )
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'API key or JWT',
      description:
        'An API key, `rh_<public id>_<secret>`, or a token of a configured identity provider; with several tenants `X-Tenant` names one',
    })
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  addAccess(document, app.get(DiscoveryService, { strict: false }), app.get(Reflector));
  return addIdempotency(addETags(document));
}
