import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, mergeMap } from 'rxjs';
import { sendETag } from './etag-sending.js';
import { Svg } from './svg.js';

/** Opened as a page it may colour itself and nothing else: no script, no form, nothing from elsewhere. */
const POLICY = "default-src 'none';style-src 'unsafe-inline';frame-ancestors 'none';sandbox";

/** Draws and sends pictures. Stands before the tenant's interceptor, whose transaction is over by then. */
@Injectable()
export class SvgInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    return next
      .handle()
      .pipe(
        mergeMap(async (body: unknown) =>
          body instanceof Svg
            ? send(body, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>())
            : body,
        ),
      );
  }
}

/** The text; undefined where the client has it. */
async function send(svg: Svg, request: FastifyRequest, reply: FastifyReply): Promise<string | undefined> {
  const text = await svg.draw();
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  reply.headers({
    'cache-control': `private, ${svg.maxAgeS > 0 ? `max-age=${svg.maxAgeS}, must-revalidate` : 'no-cache'}`,
    'content-security-policy': POLICY,
  });
  if (sendETag(request, reply, etag)) return undefined;
  reply.type('image/svg+xml');
  return text;
}
