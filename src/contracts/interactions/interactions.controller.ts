import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  ApiCreatedOrFound,
  ApiETag,
  ApiPage,
  BodyLimit,
  IdParam,
  type Page,
  Problems,
  RequireScope,
  SentBody,
} from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { recordBatch } from './batch.js';
import {
  BatchDto,
  InteractionDto,
  InteractionSummaryDto,
  InteractionsQuery,
  MAX_BATCH_BYTES,
  RecordBatchDto,
  RecordInteractionDto,
  RecordingDto,
  StrictQuery,
} from './interactions.dto.js';
import { InteractionsService } from './interactions.service.js';
import { RecordingService } from './recording.service.js';

/** What consumers really asked, and what they rely on. */
@ApiTags('Interactions')
@Controller('v1/interactions')
@RequireFeature('contracts')
export class InteractionsController {
  constructor(
    private readonly interactions: InteractionsService,
    private readonly recording: RecordingService,
  ) {}

  /** List interactions, newest first */
  @Get()
  @RequireScope('contracts:read')
  @ApiPage(InteractionSummaryDto)
  list(@Query() query: InteractionsQuery): Promise<Page<InteractionSummaryDto>> {
    return this.interactions.list(query);
  }

  /** Read one interaction */
  @Get(':id')
  @RequireScope('contracts:read')
  @ApiETag()
  @Problems(contractsProblems.interactionNotFound)
  get(@Param() { id }: IdParam): Promise<InteractionDto> {
    return this.interactions.get(id);
  }

  /** Record an interaction; one that is known is answered with 200 */
  @Post()
  @RequireScope('contracts:write')
  @ApiCreatedOrFound(RecordingDto)
  @Problems(contractsProblems.interactionViolatesSpec)
  async record(
    @SentBody(RecordInteractionDto) dto: RecordInteractionDto,
    @Query() { strict }: StrictQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordingDto> {
    const [recording] = await this.recording.record([dto], { strict });
    if (recording!.outcome === 'refused')
      throw contractsProblems.interactionViolatesSpec(recording!.violations ?? []);
    if (recording!.outcome === 'duplicate') reply.status(200);
    return recording!;
  }

  /** Record up to 500 interactions; each has its own outcome */
  @Post('batch')
  @HttpCode(200)
  @RequireScope('contracts:write')
  @BodyLimit(MAX_BATCH_BYTES)
  recordBatch(
    @SentBody(RecordBatchDto) { interactions }: RecordBatchDto,
    @Query() { strict }: StrictQuery,
  ): Promise<BatchDto> {
    return recordBatch(interactions, (items) => this.recording.record(items, { strict }));
  }
}
