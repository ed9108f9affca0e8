import { SetMetadata, applyDecorators } from '@nestjs/common';
import { ApiExtension, type OpenAPIObject } from '@nestjs/swagger';
import { problemResponse } from '../../http/index.js';
import { REPEATABLE } from '../transaction.decorators.js';
import { idempotencyProblems } from './idempotency.problems.js';

const MARK = 'x-repeatable';

type Operation = NonNullable<OpenAPIObject['paths'][string]['post']> & { [MARK]?: true };
interface Response {
  description?: string;
  headers?: object;
  content?: object;
}

const REPLAYED = {
  'Idempotent-Replayed': {
    description: '`true` where this is the answer of an earlier request with the same `Idempotency-Key`',
    schema: { type: 'string', enum: ['true'] },
  },
};

/** A POST that has the same effect however often it is sent: `Idempotency-Key` is not looked at. */
export const Repeatable = () => applyDecorators(ApiExtension(MARK, true), SetMetadata(REPEATABLE, true));

/** Writes the header `Idempotency-Key` and what it can lead to into every other POST that asks for a credential. */
export function addIdempotency(document: OpenAPIObject): OpenAPIObject {
  for (const { post } of Object.values(document.paths)) {
    const operation: Operation | undefined = post;
    if (operation?.security && !operation[MARK]) describe(operation);
    delete operation?.[MARK];
  }
  return document;
}

function describe(operation: Operation): void {
  (operation.parameters ??= []).push({
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Makes it safe to send the request again: the same key with the same request has one effect and is answered the same for 24 hours.',
    schema: { type: 'string', minLength: 1, maxLength: 255, example: '8e03978e-40d5-43dd-bc93-6894a57f9324' },
  });
  const responses = operation.responses as Record<string, Response>;
  for (const { status, code } of Object.values(idempotencyProblems)) {
    const { description, content } = problemResponse(status, [code]);
    const known = responses[status]?.description;
    responses[status] = { description: known ? `${known}, ${description}` : description, content };
  }
  for (const [status, response] of Object.entries(responses)) {
    if (status.startsWith('2')) response.headers = { ...response.headers, ...REPLAYED };
  }
}
