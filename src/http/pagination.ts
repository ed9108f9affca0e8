import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { decodeCursor, encodeCursor } from './cursor.js';

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 20;
const MAX_CURSOR_LENGTH = 200;

/** `?limit=1..100&after=<cursor>` of every list. */
export class PageQuery {
  /** How many rows at most. */
  @ApiProperty({ required: false })
  @Type(() => Number)
  @IsInt({ message: `$property must be a whole number from 1 to ${MAX_LIMIT}` })
  @Min(1)
  @Max(MAX_LIMIT)
  limit: number = DEFAULT_LIMIT;

  /** `page.next` of the page before, unchanged. */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CURSOR_LENGTH)
  after?: string;
}

/** One page of a list. */
export class Page<T> {
  constructor(
    readonly data: T[],
    readonly page: { next: string | null },
  ) {}
}

/** The id after which this page starts, for `where id < ...`; undefined on the first page. */
export const positionOf = (list: string, query: PageQuery): string | undefined =>
  query.after === undefined ? undefined : decodeCursor(list, query.after);

/** Makes a page of `limit + 1` fetched rows: the one too many tells that there is a next page. */
export function pageOf<T extends { id: string }>(list: string, query: PageQuery, rows: T[]): Page<T> {
  const data = rows.slice(0, query.limit);
  const last = data.at(-1);
  return new Page(data, { next: rows.length > query.limit && last ? encodeCursor(list, last.id) : null });
}

/** Adds `Link: <...>; rel="next"` (RFC 8288) to every answer that is a page. */
@Injectable()
export class PageLinkInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      tap((body) => {
        if (!(body instanceof Page) || body.page.next === null) return;
        const request = context.switchToHttp().getRequest<FastifyRequest>();
        const url = new URL(request.url, 'http://host');
        url.searchParams.set('after', body.page.next);
        context
          .switchToHttp()
          .getResponse<FastifyReply>()
          .header('link', `<${url.pathname}${url.search}>; rel="next"`);
      }),
    );
  }
}
