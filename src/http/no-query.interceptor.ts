import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { ROUTE_ACCESS, type RouteAccess } from './access.js';
import { httpProblems } from './http.problems.js';

/**
 * Refuses query parameters on routes that take none: validation looks at those only that a handler asks for. Public routes
 * take whatever comes, since who calls them follows a link, or plays a probe.
 */
@Injectable()
export class NoQueryInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { query } = context.switchToHttp().getRequest<FastifyRequest>();
    const unknown = Object.keys(query as object);
    if (unknown.length > 0 && !takesQuery(context) && !this.isPublic(context))
      throw httpProblems.validationFailed(
        unknown.map((path) => ({
          path,
          code: 'unknown',
          message: `${path} is not a known query parameter`,
        })),
      );
    return next.handle();
  }

  private isPublic(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    return (
      this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, targets)?.kind === 'public'
    );
  }
}

/** Nest keeps a handler's parameters as `<type>:<position>`. */
function takesQuery(context: ExecutionContext): boolean {
  const parameters: object =
    Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) ?? {};
  return Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
}
