import { Controller, Get, Param, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  ApiETag,
  ApiPage,
  BodyLimit,
  type Page,
  Problems,
  RequireScope,
  SentBody,
} from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { NameParam } from '../names.js';
import {
  FoundSpecDto,
  MAX_SPEC_BYTES,
  ReplaceQuery,
  SpecQuery,
  SpecSummaryDto,
  SpecVersionsQuery,
  UploadSpecDto,
  UploadedSpecDto,
} from './specs.dto.js';
import { SpecsService } from './specs.service.js';

/** The descriptions of the services' APIs. */
@ApiTags('Specifications')
@Controller('v1/services/:name/specs')
@RequireFeature('contracts')
export class SpecsController {
  constructor(private readonly specs: SpecsService) {}

  /** Upload the specification of a version: 201; one that is there already, or that replaces another: 200 */
  @Put()
  @RequireScope('contracts:write')
  @BodyLimit(MAX_SPEC_BYTES)
  @ApiOkResponse({ type: UploadedSpecDto })
  @ApiCreatedResponse({ type: UploadedSpecDto })
  @Problems(contractsProblems.serviceNotFound, contractsProblems.specInvalid, contractsProblems.specExists)
  async upload(
    @Param() { name }: NameParam,
    @Query() { replace }: ReplaceQuery,
    @SentBody(UploadSpecDto) dto: UploadSpecDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadedSpecDto> {
    const uploaded = await this.specs.upload(name, dto, { replace });
    if (uploaded.created) reply.status(201);
    return uploaded;
  }

  /** Read the specification of a version, or the nearest there is */
  @Get()
  @RequireScope('contracts:read')
  @ApiETag()
  @Problems(contractsProblems.serviceNotFound, contractsProblems.specNotFound)
  find(@Param() { name }: NameParam, @Query() query: SpecQuery): Promise<FoundSpecDto> {
    return this.specs.find(name, query);
  }

  /** List the specifications of a service, newest first */
  @Get('versions')
  @RequireScope('contracts:read')
  @ApiPage(SpecSummaryDto)
  @Problems(contractsProblems.serviceNotFound)
  list(@Param() { name }: NameParam, @Query() query: SpecVersionsQuery): Promise<Page<SpecSummaryDto>> {
    return this.specs.list(name, query);
  }
}
