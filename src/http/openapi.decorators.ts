import { Type as NestType, applyDecorators } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiProperty,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { ProblemDefinition } from './problem.js';

/** One wrong field. */
export class FieldErrorDto {
  /** @example limit */
  path!: string;
  /** @example max */
  code!: string;
  /** @example "limit must not be greater than 100" */
  message!: string;
}

/** RFC 9457. */
export class ProblemDto {
  @ApiProperty({ example: 'urn:rowhouse:problem:VALIDATION_FAILED' })
  type!: string;
  @ApiProperty({ example: 'Request is not valid' })
  title!: string;
  @ApiProperty({ example: 400 })
  status!: number;
  @ApiProperty({ example: 'limit must not be greater than 100' })
  detail!: string;
  @ApiProperty({ description: 'The request id', example: '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60' })
  instance!: string;
  @ApiProperty({ example: 'VALIDATION_FAILED' })
  code!: string;
  @ApiProperty({ type: [FieldErrorDto], required: false })
  errors?: FieldErrorDto[];
}

export class PageInfoDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Cursor of the next page, to be sent as `after`; null on the last',
    example: null,
  })
  next!: string | null;
}

/** The problems that a route answers beside those every route can (`openapi-access.ts`). */
export const Problems = (...definitions: ProblemDefinition[]) => {
  const byStatus = Map.groupBy(definitions, ({ status }) => status);
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...[...byStatus].map(([status, ofStatus]) =>
      ApiResponse(
        problemResponse(
          status,
          ofStatus.map(({ code }) => code),
        ),
      ),
    ),
  );
};

/** A problem answer for OpenAPI: the schema, and the codes that can stand in it. */
export const problemResponse = (status: number, codes: string[]) => ({
  status,
  description: codes.map((code) => `\`${code}\``).join(', '),
  content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
});

/** 201 where the request made `item`, 200 where it was there already. */
export const ApiCreatedOrFound = (item: NestType) =>
  applyDecorators(
    ApiCreatedResponse({ type: item, description: 'Made' }),
    ApiOkResponse({ type: item, description: 'Was there already' }),
  );

/** `{ data: [...], page: { next } }` of `item`. */
export const ApiPage = (item: NestType) =>
  applyDecorators(
    ApiExtraModels(item, PageInfoDto),
    ApiOkResponse({
      headers: {
        link: { description: '`rel="next"` where there is a next page', schema: { type: 'string' } },
      },
      schema: {
        type: 'object',
        required: ['data', 'page'],
        properties: {
          data: { type: 'array', items: { $ref: getSchemaPath(item) } },
          page: { $ref: getSchemaPath(PageInfoDto) },
        },
      },
    }),
  );
