import { ApiResponse, type OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** The answer is one resource with its `ETag`. `status`: of the success. */
export const ApiETag = (status = 200) =>
  ApiResponse({
    status,
    headers: {
      ETag: {
        description: 'The version of the resource, for `If-Match` and `If-None-Match`',
        schema: { type: 'string', example: '"747"' },
      },
    },
  });

/** Writes `If-None-Match` and 304 into every read whose answer has an `ETag`. */
export function addConditionalReads(document: OpenAPIObject): OpenAPIObject {
  for (const { get } of Object.values(document.paths)) {
    if (get && hasETag(get)) describe(get);
  }
  return document;
}

const hasETag = ({ responses }: Operation): boolean =>
  'ETag' in ((responses['200'] as { headers?: object } | undefined)?.headers ?? {});

function describe(operation: Operation): void {
  (operation.parameters ??= []).push({
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'An `ETag` that is known already: 304, without a body, where it still holds.',
    schema: { type: 'string', example: '"747"' },
  });
  operation.responses['304'] = { description: 'Not changed since' };
}
