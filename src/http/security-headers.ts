import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

type SecurityHeaders = NonNullable<Parameters<INestApplication['useSecurityHeaders']>[0]>;

/**
 * Helmet's headers for an API: nothing in an answer may be run, framed or embedded. Nest's own, which are computed once;
 * measured, @fastify/helmet costs three times as much for each request. Those for browsers of the past are left out.
 */
const API_HEADERS: SecurityHeaders = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  xFrameOptions: { action: 'deny' },
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
};

/** Swagger UI: its own scripts, the styles and images that it writes into the page, and calls of this API. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

/** The headers of every answer that tell browsers what not to do with it; the pages below `docsPath` may run. */
export function addSecurityHeaders(app: INestApplication, fastify: FastifyInstance, docsPath: string): void {
  app.useSecurityHeaders(API_HEADERS);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.url?.startsWith(docsPath)) {
      reply.header('content-security-policy', DOCS_POLICY);
    }
    done();
  });
}
