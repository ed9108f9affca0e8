import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { IdParam, PreferredType, Problems, Produces, type Rendered, RequireScope } from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { quotingProblems } from '../quoting.problems.js';
import { documentProblems } from './documents.problems.js';
import { DocumentsService, PAGE, PDF } from './documents.service.js';

@ApiTags('Quotes')
@Controller('v1/quotes')
@RequireFeature('quoting')
export class DocumentsController {
  constructor(private readonly documents: DocumentsService) {}

  /** A quote as its customer reads it, as a page or, where `Accept` likes application/pdf better, as a file */
  @Get(':id/document')
  @RequireScope('quotes:read')
  @Produces(PAGE, PDF)
  @ApiOkResponse({
    description:
      'Without internal notes, costs and metadata. What is not on offer says so: a draft is marked as one.',
    headers: { ETag: { description: 'For `If-None-Match`', schema: { type: 'string' } } },
    content: {
      [PAGE]: { schema: { type: 'string' } },
      [PDF]: { schema: { type: 'string', format: 'binary' } },
    },
  })
  @ApiResponse({ status: 304, description: 'Not changed since' })
  @Problems(quotingProblems.quoteNotFound, documentProblems.documentRefused, documentProblems.documentBusy)
  read(
    @Param() { id }: IdParam,
    @PreferredType() type: string,
    @Req() { abortSignal }: FastifyRequest,
  ): Promise<Rendered> {
    return this.documents.document(id, type, abortSignal);
  }
}
