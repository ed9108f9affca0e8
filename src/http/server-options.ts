import type { Server } from 'node:http';
import type { FastifyError, FastifyHttpOptions, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/index.js';
import { BARE_HEADERS, answerClientError } from './client-error.js';
import { httpProblems } from './http.problems.js';
import { problemDocument } from './problem-document.js';
import { problemOfStatus } from './to-problem.js';

const LONGEST_WAIT_FOR_HEADERS_MS = 10_000;
/** Node looks for connections past their time this often; it defaults to half a minute. */
const LOOK_FOR_SLOW_CLIENTS_EVERY_MS = 1_000;
/** Silence on a connection, beyond what a request may take: the client is gone, or does not read its answer. */
const SILENCE_MS = 10_000;

/** The limits of the HTTP server, and its answers where a request does not even reach a route. */
export const serverOptions = (config: Config['http']) =>
  ({
    bodyLimit: config.bodyLimitBytes,
    trustProxy: config.trustProxy,
    requestTimeout: config.receiveTimeoutMs,
    keepAliveTimeout: config.keepAliveTimeoutMs,
    connectionTimeout: Math.max(config.requestTimeoutMs, config.receiveTimeoutMs) + SILENCE_MS,
    http: {
      headersTimeout: Math.min(config.receiveTimeoutMs, LONGEST_WAIT_FOR_HEADERS_MS),
      connectionsCheckingInterval: LOOK_FOR_SLOW_CLIENTS_EVERY_MS,
      requireHostHeader: false, // refused with a problem document instead, in request-rules.ts
    },
    // While it drains, what comes over open connections is served, and told to close them.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 255 },
    clientErrorHandler: answerClientError,
    frameworkErrors: answerRouterError,
  }) satisfies FastifyHttpOptions<Server>;

/** A URL that cannot be decoded, a path parameter that is too long: no hook and no filter sees these. */
function answerRouterError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode = 500, message } = error;
  const problem = statusCode < 500 ? problemOfStatus(statusCode, message) : httpProblems.internal(request.id);
  void reply
    .status(problem.status)
    .headers({ ...BARE_HEADERS, 'x-request-id': request.id })
    .type('application/problem+json')
    .send(problemDocument(problem, request.id));
}
