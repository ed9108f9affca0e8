import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, map } from 'rxjs';
import { sendETag } from './etag-sending.js';
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
        const isKnown = sendETag(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), etag);
        return isKnown ? undefined : body;
      }),
    );
  }
}
