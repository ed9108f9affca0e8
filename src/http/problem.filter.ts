import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  Logger,
  NotFoundException,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { unwrapDrizzle } from '../database/index.js';
import { httpProblems } from './http.problems.js';
import { problemDocument } from './problem-document.js';
import type { Problem } from './problem.js';
import { toProblem } from './to-problem.js';

/** Every error leaves as a problem document; what is not meant for clients is logged and named by its request id only. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (isHealthReport(thrown)) return void reply.status(503).send(thrown.getResponse());
    const problem = unknownRoute(thrown, request) ?? toProblem(thrown) ?? this.internal(thrown, request);
    if (reply.sent) return; // it was answered that it took too long
    this.send(problem, request, reply);
  }

  private internal(thrown: unknown, request: FastifyRequest): Problem {
    this.logger.error({
      msg: 'request failed',
      requestId: request.id,
      method: request.method,
      route: request.routeOptions?.url,
      err: unwrapDrizzle(thrown),
    });
    return httpProblems.internal(request.id);
  }

  private send(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
    void reply
      .status(problem.status)
      // Again, for what is refused before the hook that sets these.
      .headers({ 'x-request-id': request.id, 'cache-control': 'private, no-store' })
      .headers(problem.extras.headers ?? {})
      .type('application/problem+json')
      .send(problemDocument(problem, request.id));
  }
}

/** What Nest throws where no route matched. The query, which may hold anything, is not repeated. */
const unknownRoute = (thrown: unknown, { is404, method, url }: FastifyRequest): Problem | undefined =>
  is404 && thrown instanceof NotFoundException
    ? httpProblems.routeNotFound(method, url.split('?', 1)[0]!)
    : undefined;

/** Terminus throws its report; its JSON is the answer that probes expect. */
const isHealthReport = (error: unknown): error is ServiceUnavailableException =>
  error instanceof ServiceUnavailableException &&
  typeof error.getResponse() === 'object' &&
  'details' in (error.getResponse() as object);
