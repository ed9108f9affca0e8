import { ApiExtension, type OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & { [MARK]?: true };
type Responses = Record<string, { description: string; headers?: object }>;

const MARK = 'x-etag';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const ETAG = {
  description: 'The version of the resource, for `If-Match` and `If-None-Match`',
  schema: { type: 'string', example: '"747"' },
};
const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  description: 'An `ETag` that is known already: 304, without a body, where it still holds.',
  schema: { type: 'string', example: '"747"' },
} as const;

/** The answer of this route is one resource, with its `ETag`. */
export const ApiETag = () => ApiExtension(MARK, true);

/** Writes what `@ApiETag()` stands for: the header of the answer; for a read `If-None-Match` and 304 as well. */
export function addETags(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation: Operation | undefined = path[method];
      if (operation?.[MARK]) describe(operation, method === 'get');
    }
  }
  return document;
}

function describe(operation: Operation, isRead: boolean): void {
  delete operation[MARK];
  const responses = operation.responses as Responses;
  for (const [status, response] of Object.entries(responses)) {
    if (status.startsWith('2')) response.headers = { ...response.headers, ETag: ETAG };
  }
  if (!isRead) return;
  (operation.parameters ??= []).push(IF_NONE_MATCH);
  responses['304'] = { description: 'Not changed since' };
}
