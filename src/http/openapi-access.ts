import type { DiscoveryService, Reflector } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { REQUIRED_FEATURE, ROUTE_ACCESS, type RouteAccess } from './access.js';
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
  [400, ['BODY_MALFORMED']],
  [408, ['REQUEST_INCOMPLETE']],
  [413, ['BODY_TOO_LARGE']],
  [415, ['UNSUPPORTED_MEDIA_TYPE']],
];
const SIGNED_IN: [number, string[]][] = [
  [401, ['CREDENTIAL_MISSING', 'CREDENTIAL_INVALID', 'CREDENTIAL_EXPIRED']],
  [403, ['SCOPE_MISSING', 'TENANT_SUSPENDED', 'TENANT_NOT_ACTIVE']],
  [404, ['TENANT_NOT_FOUND']],
  [429, ['RATE_LIMITED']],
];
/** Where a person without a tenant, or with several, has to say which. */
const IN_A_TENANT: [number, string[]][] = [
  [400, ['TENANT_REQUIRED']],
  [403, ['NOT_A_MEMBER']],
];

const WITH_FEATURE: [number, string[]][] = [[403, ['FEATURE_NOT_ENABLED']]];

interface Rules {
  access: RouteAccess;
  feature: string | undefined;
}

const WHO = { signed_in: 'Any principal, also a person without a tenant.', authenticated: 'Any principal.' };

/** Writes into each operation who may call it, and the problems that any such route can answer. */
export function addAccess(
  document: OpenAPIObject,
  discovery: DiscoveryService,
  reflector: Reflector,
): OpenAPIObject {
  const rules = rulesByOperationId(discovery, reflector);
  for (const [url, path] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      const ofOperation = operation && rules.get(operation.operationId ?? '');
      if (!operation || !ofOperation) continue;
      describe(operation, ofOperation);
      // Probes answer for themselves.
      if (url.startsWith('/v1/')) addResponses(operation, [...EVERY_ROUTE, ...bodyProblems(method)]);
    }
  }
  return document;
}

function rulesByOperationId(discovery: DiscoveryService, reflector: Reflector): Map<string, Rules> {
  const rules = new Map<string, Rules>();
  for (const { metatype } of discovery.getControllers()) {
    if (!metatype) continue;
    const prototype = metatype.prototype as Record<string, unknown>;
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const handler = prototype[name];
      if (typeof handler !== 'function') continue;
      const targets = [handler, metatype];
      const access = reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, targets);
      const feature = reflector.getAllAndOverride<string | undefined>(REQUIRED_FEATURE, targets);
      if (access) rules.set(`${metatype.name.replace(/Controller$/, '')}_${name}`, { access, feature });
    }
  }
  return rules;
}

function describe(operation: Operation, { access, feature }: Rules): void {
  if (access.kind === 'public') return;
  const bearer = access.kind === 'scope' ? [access.scope] : [];
  operation.security = [{ bearer }, { bearer, tenant: [] }];
  const scope = access.kind === 'scope' ? `Needs the scope \`${access.scope}\`.` : WHO[access.kind];
  const needed = feature && `Needs the feature \`${feature}\`.`;
  operation.description = [operation.description, scope, needed].filter(Boolean).join('\n\n');
  addResponses(operation, [
    ...(feature ? WITH_FEATURE : []),
    ...SIGNED_IN,
    ...(access.kind === 'signed_in' ? [] : IN_A_TENANT),
  ]);
}

const bodyProblems = (method: (typeof METHODS)[number]) =>
  method === 'get' || method === 'head' ? [] : WITH_BODY;

function addResponses(operation: Operation, problems: readonly [number, string[]][]): void {
  const responses = operation.responses as Record<string, unknown>;
  for (const [status, codes] of problems) {
    const known = responses[status] as { description: string } | undefined;
    const news = codes.filter((code) => !known?.description.includes(`\`${code}\``));
    if (news.length === 0) continue;
    const { description, content } = problemResponse(status, news);
    responses[status] = {
      description: known ? `${known.description}, ${description}` : description,
      content,
    };
  }
}
