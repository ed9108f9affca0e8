import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config/index.js';
import { type Problem, etagOf, problemDocument, toProblem } from '../../http/index.js';
import { Metrics } from '../../observability/index.js';
import type { TenantContextValue } from '../tenant-context.js';
import { type Claim, claimOf } from './claim.js';
import { IdempotencyKeys } from './idempotency-keys.service.js';
import { isKeptProblem } from './kept-problems.js';
import type { Answer } from './sealed-answer.js';
import { Turns } from './turns.js';

/** Opens the request's transaction around `work`; may be called again once it has ended. */
type Open = <T>(work: () => Promise<T>) => Promise<T>;

interface Outcome {
  answer: Answer;
  isReplay: boolean;
}

const KEPT_HEADERS = ['content-type', 'location', 'link'];

/**
 * Makes a POST that carries an `Idempotency-Key` count once: its answer is stored in the transaction of its effect, and
 * whoever sends the same request with the same key again is answered the same (IETF draft Idempotency-Key, 24 hours).
 */
@Injectable()
export class Idempotency {
  private readonly turns = new Turns();
  private readonly replays = this.metrics.counter(
    'idempotency_replays_total',
    'Requests answered with what an earlier one with the same key was answered',
  );

  constructor(
    private readonly keys: IdempotencyKeys,
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /** Runs `handle` in a transaction, or answers what it answered before. Without a key it is `open(handle)`. */
  async run(
    request: FastifyRequest,
    reply: FastifyReply,
    context: TenantContextValue,
    open: Open,
    handle: () => Promise<unknown>,
  ): Promise<unknown> {
    const claim = claimOf(request, context);
    if (!claim) return open(handle);
    // A turn ends with its transaction, so that the next one finds what was committed.
    const outcome = await this.turns.take(claim.id, this.config.database.lockTimeoutMs, () =>
      this.answerOnce(claim, request, open, async () => toAnswer(await handle(), reply)),
    );
    return send(outcome, reply);
  }

  /** A refusal has rolled back what it decided on: it is stored in a second transaction, unless another came first. */
  private async answerOnce(
    claim: Claim,
    request: FastifyRequest,
    open: Open,
    handle: () => Promise<Answer>,
  ): Promise<Outcome> {
    try {
      return await open(() => this.replayOr(claim, handle));
    } catch (error) {
      const problem = toProblem(error);
      if (!problem || !isKeptProblem(problem)) throw error;
      return open(() => this.replayOr(claim, async () => refusalOf(problem, request.id)));
    }
  }

  private async replayOr(claim: Claim, make: () => Promise<Answer>): Promise<Outcome> {
    const stored = await this.keys.take(claim);
    if (stored) {
      this.replays.inc();
      return { answer: stored, isReplay: true };
    }
    const answer = await make();
    this.keys.store(claim, answer);
    return { answer, isReplay: false };
  }
}

/** What Fastify would send for what the handler returned. */
function toAnswer(result: unknown, reply: FastifyReply): Answer {
  const isText = typeof result === 'string';
  const body = isText ? result : JSON.stringify(result);
  const etag = etagOf(result);
  const headers: Answer['headers'] = isText ? {} : { 'content-type': 'application/json; charset=utf-8' };
  for (const name of KEPT_HEADERS) {
    const value = reply.getHeader(name);
    if (typeof value === 'string') headers[name] = value;
  }
  return {
    status: reply.statusCode,
    headers: { ...(body !== undefined && headers), ...(etag !== undefined && { etag }) },
    ...(body !== undefined && { body }),
  };
}

const refusalOf = (problem: Problem, requestId: string): Answer => ({
  status: problem.status,
  headers: { ...problem.extras.headers, 'content-type': 'application/problem+json; charset=utf-8' },
  body: JSON.stringify(problemDocument(problem, requestId)),
});

/** The first answer and its replays are sent alike, so that they are the same to the byte. */
function send({ answer, isReplay }: Outcome, reply: FastifyReply): string | undefined {
  reply.status(answer.status).headers(answer.headers);
  if (isReplay) reply.header('idempotent-replayed', 'true');
  return answer.body;
}
