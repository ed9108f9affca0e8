import { Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Config } from '../config/index.js';
import { runActivity } from '../database/index.js';
import { ROOT_LOGGER } from './logs/app-logger.js';
import { requestEntry, requestLevel } from './logs/request-entry.js';
import { HttpMetrics } from './metrics/http.metrics.js';
import { mayReadMetrics, metricsExposure } from './metrics/metrics-exposure.js';
import { Metrics } from './metrics/metrics.js';
import { type Caller, RequestActivity, type RequestOutcome } from './request-activity.js';
import { parseTraceParent } from './traceparent.js';
import { TRACING, type Tracing } from './tracing/tracing.js';

declare module 'fastify' {
  interface FastifyRequest {
    activity: RequestActivity;
  }
}

type WhoCalled = (request: FastifyRequest) => Caller | undefined;

/** Client closed the request: nginx' own status, since HTTP has none for it. */
const CLIENT_GONE = 499;

/** Watches every request from its first byte to its last: one line of the log, its figures, its span. */
@Injectable()
export class RequestObserver {
  constructor(
    private readonly config: Config,
    private readonly metrics: Metrics,
    private readonly httpMetrics: HttpMetrics,
    @Inject(ROOT_LOGGER) private readonly logger: Logger,
    @Inject(TRACING) private readonly tracing: Tracing | undefined,
  ) {}

  /** `whoCalled`: what the guard has found out, asked when the answer has been sent. */
  watch(fastify: FastifyInstance, whoCalled: WhoCalled): void {
    fastify.decorateRequest('activity', null as unknown as RequestActivity);
    fastify.addHook('onRequest', (request, reply, done) => {
      this.begin(request);
      // Comes always, but first where the client went away: there is no onResponse then.
      reply.raw.once('close', () => this.end(request, reply, true, whoCalled));
      done();
    });
    fastify.addHook('onResponse', (request, reply, done) => {
      this.end(request, reply, false, whoCalled);
      done();
    });
    // Not before the body has been read: its events would leave the context again.
    fastify.addHook('preValidation', (request, _, done) => runActivity(request.activity, done));
    fastify.addHook('onListen', (done) => {
      this.metrics.watchProcess();
      done();
    });
    this.serveMetrics(fastify);
  }

  private begin(request: FastifyRequest): void {
    const activity = new RequestActivity(request.id);
    const parent = parseTraceParent(request.headers['traceparent']);
    activity.traceId = this.tracing
      ? this.tracing.requestBegan(activity, request.method, parent)
      : parent?.traceId;
    request.activity = activity;
  }

  private end(request: FastifyRequest, reply: FastifyReply, isAborted: boolean, whoCalled: WhoCalled): void {
    const { activity, method, ip } = request;
    if (activity.isOver) return;
    activity.isOver = true;
    const outcome: RequestOutcome = {
      method,
      route: request.routeOptions.url ?? 'unmatched',
      status: isAborted ? CLIENT_GONE : reply.statusCode,
      isAborted,
      durationMs: performance.now() - activity.startedAt,
      caller: whoCalled(request),
      ip,
    };
    this.httpMetrics.requestEnded(outcome);
    this.tracing?.requestEnded(activity, outcome);
    const level = requestLevel(outcome);
    if (this.logger.isLevelEnabled(level)) this.logger[level](requestEntry(activity, outcome), 'request');
  }

  /** Beside Nest's routes: no guard, no transaction, not in the API's document. */
  private serveMetrics(fastify: FastifyInstance): void {
    const exposure = metricsExposure(this.config);
    if (exposure.on !== 'main port') return;
    fastify.get('/metrics', async (request, reply) => {
      if (!mayReadMetrics(exposure.token, request.headers.authorization)) {
        reply.header('www-authenticate', 'Bearer realm="metrics"');
        throw new UnauthorizedException('The metrics need the bearer token METRICS_TOKEN.');
      }
      const { contentType, text } = await this.metrics.expose();
      return reply.type(contentType).send(text);
    });
  }
}
