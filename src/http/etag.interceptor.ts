import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, map } from 'rxjs';
import { matchesWeakly, parseETags } from './etag-list.js';
import { etagOf } from './etag.js';

/** Sends `ETag` with every answer that carries one, and 304 to a GET or HEAD that names it in `If-None-Match`. */
@Injectable()
export class ETagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((body: unknown) => {
        const etag = etagOf(body);
        if (etag === undefined) return body;
        const http = context.switchToHttp();
        const reply = http.getResponse<FastifyReply>().header('etag', etag);
        if (!isKnown(http.getRequest<FastifyRequest>(), etag)) return body;
        reply.status(304);
        return undefined;
      }),
    );
  }
}

/** A header that is no list of tags names nothing, so that the answer is sent. */
function isKnown({ method, headers }: FastifyRequest, etag: string): boolean {
  const header = headers['if-none-match'];
  if (header === undefined || (method !== 'GET' && method !== 'HEAD')) return false;
  const tags = parseETags(header);
  return tags !== undefined && matchesWeakly(tags, etag);
}
