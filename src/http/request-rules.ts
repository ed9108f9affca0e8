import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { httpProblems } from './http.problems.js';
import { KnownPaths } from './known-paths.js';
import type { Problem } from './problem.js';
import { preferredTypeOf, typesOf } from './produces.js';

/** What tenants' data depends on, beside the URL. */
const VARY = 'Authorization, X-Tenant, Accept';

/** What holds for every request before anybody asks who sent it, and the headers of every answer. */
export function addRequestRules(fastify: FastifyInstance, hasCors: boolean): void {
  const paths = new KnownPaths();
  const vary = hasCors ? `${VARY}, Origin` : VARY;
  // Node would answer 417 by itself, without a body; 100-continue it handles before.
  fastify.server.on('checkExpectation', (request, response) =>
    fastify.server.emit('request', request, response),
  );
  fastify.addHook('onRoute', ({ url, method }) => paths.add(url, method));
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('cache-control', 'private, no-store');
    if (isOfTenants(request)) reply.header('vary', vary);
    // The router knows nothing of this path and method; with CORS it has one route for the OPTIONS of every path.
    const allowed = request.is404 || request.method === 'OPTIONS' ? paths.methodsOf(request.url) : undefined;
    if (allowed && request.method === 'OPTIONS') return answerOptions(reply, allowed);
    done(refusalOf(request, allowed));
  });
}

const isOfTenants = ({ routeOptions, url }: FastifyRequest) => (routeOptions.url ?? url).startsWith('/v1/');

const answerOptions = (reply: FastifyReply, allowed: string[]): void =>
  void reply.status(204).header('allow', allowed.join(', ')).send();

function refusalOf(request: FastifyRequest, allowed: string[] | undefined): Problem | undefined {
  const { host, expect, 'content-encoding': encoding } = request.headers;
  if (host === undefined && request.raw.httpVersion === '1.1') return httpProblems.hostMissing();
  if (expect !== undefined && expect.toLowerCase() !== '100-continue')
    return httpProblems.expectationFailed();
  if (allowed) return httpProblems.methodNotAllowed(allowed);
  if (request.is404) return undefined;
  if (isOfTenants(request) && preferredTypeOf(request) === undefined)
    return httpProblems.notAcceptable(typesOf(request));
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
    return httpProblems.encodingUnsupported();
  return undefined;
}
