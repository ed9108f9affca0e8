import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** This route takes bodies of so many bytes, where the others take `BODY_LIMIT_BYTES`; never less than those. */
export const BodyLimit = (bytes: number) => RouteConfig({ bodyLimitBytes: bytes });

/** Makes Fastify heed `@BodyLimit()`. Before there are routes. */
export function addBodyLimits(fastify: FastifyInstance): void {
  const { bodyLimit = 0 } = fastify.initialConfig;
  fastify.addHook('onRoute', (route) => {
    const { bodyLimitBytes } = (route.config ?? {}) as { bodyLimitBytes?: number };
    if (bodyLimitBytes !== undefined) route.bodyLimit = Math.max(bodyLimit, bodyLimitBytes);
  });
}
