import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { JSON_TYPE, preferredType } from './accept.js';

/** This route answers these media types instead of JSON, its own choice first; a client that takes none gets 406. */
export const Produces = (...types: [string, ...string[]]) => RouteConfig({ produces: types });

/** Of the types that the route produces, the one that the client likes best. */
export const PreferredType = createParamDecorator((_: unknown, context: ExecutionContext) =>
  preferredTypeOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** undefined: the client takes none of them. */
export const preferredTypeOf = (request: FastifyRequest): string | undefined =>
  preferredType(request.headers.accept, typesOf(request));

export function typesOf({ routeOptions }: FastifyRequest): readonly string[] {
  const { produces } = (routeOptions.config ?? {}) as { produces?: string[] };
  return produces ?? [JSON_TYPE];
}
