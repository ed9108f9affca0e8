import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, mergeMap } from 'rxjs';
import { isKnown, sendETag } from './etag-sending.js';
import { Rendered } from './rendered.js';

/** Makes and sends what is rendered. Stands before the tenant's interceptor, whose transaction is over by then. */
@Injectable()
export class RenderedInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    return next
      .handle()
      .pipe(
        mergeMap(async (body: unknown) =>
          body instanceof Rendered
            ? send(body, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>())
            : body,
        ),
      );
  }
}

/** The content; undefined where the client has it. No header is set before it is there: an error has others. */
async function send(
  { render, type, headers, maxAgeS, madeFrom }: Rendered,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string | Buffer | undefined> {
  const tag = madeFrom === undefined ? undefined : tagOf(madeFrom);
  const content = tag !== undefined && isKnown(request, tag) ? '' : await render();
  reply.headers({
    'cache-control': `private, ${maxAgeS > 0 ? `max-age=${maxAgeS}, must-revalidate` : 'no-cache'}`,
    ...headers,
  });
  if (sendETag(request, reply, tag ?? tagOf(content))) return undefined;
  reply.type(type);
  return content;
}

const tagOf = (content: string | Buffer): string =>
  `"${createHash('sha256').update(content).digest('base64url')}"`;
