import type { DiscoveryService, Reflector } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ROUTE_ACCESS, type RouteAccess } from './access.js';
import { problemResponse } from './openapi.decorators.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;
const EVERY_ROUTE: [number, string[]][] = [
  [400, ['VALIDATION_FAILED', 'VALUE_REFUSED']],
  [405, ['METHOD_NOT_ALLOWED']],
  [406, ['NOT_ACCEPTABLE']],
  [500, ['INTERNAL_ERROR']],
  [503, ['DATABASE_UNAVAILABLE', 'DATABASE_BUSY', 'REQUEST_TIMEOUT']],
];
const WITH_BODY: [number, string[]][] = [
  [408, ['REQUEST_INCOMPLETE']],
  [413, ['BODY_TOO_LARGE']],
  [415, ['UNSUPPORTED_MEDIA_TYPE']],
];
const SIGNED_IN: [number, string[]][] = [
  [401, ['CREDENTIAL_MISSING', 'CREDENTIAL_INVALID', 'CREDENTIAL_EXPIRED']],
  [403, ['SCOPE_MISSING', 'TENANT_SUSPENDED', 'TENANT_NOT_ACTIVE']],
];

/** Writes into each operation who may call it, and the problems that any such route can answer. */
export function addAccess(
  document: OpenAPIObject,
  discovery: DiscoveryService,
  reflector: Reflector,
): OpenAPIObject {
  const accesses = accessByOperationId(discovery, reflector);
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      const access = operation && accesses.get(operation.operationId ?? '');
      if (operation && access) describe(operation, access, method);
    }
  }
  return document;
}

function accessByOperationId(discovery: DiscoveryService, reflector: Reflector): Map<string, RouteAccess> {
  const accesses = new Map<string, RouteAccess>();
  for (const { metatype } of discovery.getControllers()) {
    if (!metatype) continue;
    const prototype = metatype.prototype as Record<string, unknown>;
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const handler = prototype[name];
      if (typeof handler !== 'function') continue;
      const access = reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [handler, metatype]);
      if (access) accesses.set(`${metatype.name.replace(/Controller$/, '')}_${name}`, access);
    }
  }
  return accesses;
}

function describe(operation: Operation, access: RouteAccess, method: (typeof METHODS)[number]): void {
  if (access.kind === 'public') return;
  operation.security = [{ bearer: access.kind === 'scope' ? [access.scope] : [] }];
  const scope = access.kind === 'scope' ? `Needs the scope \`${access.scope}\`.` : 'Any principal.';
  operation.description = [operation.description, scope].filter(Boolean).join('\n\n');
  const responses = operation.responses as Record<string, unknown>;
  const withBody = method === 'get' || method === 'head' ? [] : WITH_BODY;
  for (const [status, codes] of [...EVERY_ROUTE, ...SIGNED_IN, ...withBody]) {
    const { description, content } = problemResponse(status, codes);
    const known = responses[status] as { description: string } | undefined;
    responses[status] = {
      description: known ? `${known.description}, ${description}` : description,
      content,
    };
  }
}
