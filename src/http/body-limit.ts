import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** This route takes bodies of so many bytes, instead of as many as `HTTP_BODY_LIMIT_BYTES` lets into all others. */
export const BodyLimit = (bytes: number) => RouteConfig({ bodyLimitBytes: bytes });

/** Makes Fastify heed `@BodyLimit()`. Before the routes are made. */
export function addBodyLimits(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const { bodyLimitBytes } = (route.config ?? {}) as { bodyLimitBytes?: number };
    if (bodyLimitBytes !== undefined) route.bodyLimit = bodyLimitBytes;
  });
}
