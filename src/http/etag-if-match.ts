import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { matchesStrongly, parseETags } from './etag-list.js';
import { httpProblems } from './http.problems.js';
import { Problems } from './openapi.decorators.js';

/** What `If-Match` asks of the row that a request is about to change. */
export class Precondition {
  /** Asked for nothing: every version will do. */
  static readonly NONE = new Precondition('*');

  private constructor(private readonly tags: '*' | string[]) {}

  /** Throws `IF_MATCH_INVALID`. */
  static of(header: string | undefined): Precondition {
    if (header === undefined) return Precondition.NONE;
    const tags = parseETags(header);
    if (!tags) throw httpProblems.ifMatchInvalid();
    return new Precondition(tags);
  }

  /**
   * Throws `PRECONDITION_FAILED` where the client saw another version. `row` was read `FOR UPDATE`, and found: a missing
   * one is 404 first.
   */
  refuseStale(row: { etag: string }): void {
    if (!matchesStrongly(this.tags, `"${row.etag}"`)) throw httpProblems.preconditionFailed();
  }
}

const preconditionOfRequest = createParamDecorator((_: unknown, context: ExecutionContext): Precondition =>
  Precondition.of(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** The handler's `If-Match`, for the service to check; OpenAPI learns of the header and of its problems. */
export const IfMatch = (): ParameterDecorator => (target, name, index) => {
  preconditionOfRequest()(target, name, index);
  const handler = Object.getOwnPropertyDescriptor(target, name!)!;
  ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The `ETag` that the change is meant for: 412 where the resource is another by now.',
    example: '"747"',
  })(target, name!, handler);
  Problems(httpProblems.ifMatchInvalid, httpProblems.preconditionFailed)(target, name, handler);
};
