import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  ApiCreatedOrFound,
  ApiPage,
  type Page,
  PageQuery,
  Problems,
  RequireScope,
} from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { NameParam } from '../names.js';
import { CreateVersionDto, RegisteredVersionDto, VersionDto } from './services.dto.js';
import { VersionsService } from './versions.service.js';

/** The versions of a service. */
@ApiTags('Services')
@Controller('v1/services/:name/versions')
@RequireFeature('contracts')
export class VersionsController {
  constructor(private readonly versions: VersionsService) {}

  /** List the versions of a service, newest first */
  @Get()
  @RequireScope('contracts:read')
  @ApiPage(VersionDto)
  @Problems(contractsProblems.serviceNotFound)
  list(@Param() { name }: NameParam, @Query() query: PageQuery): Promise<Page<VersionDto>> {
    return this.versions.list(name, query);
  }

  /** Register a version; one that exists is answered as it is, with 200 */
  @Post()
  @RequireScope('contracts:write')
  @ApiCreatedOrFound(RegisteredVersionDto)
  @Problems(contractsProblems.serviceNotFound)
  async register(
    @Param() { name }: NameParam,
    @Body() dto: CreateVersionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegisteredVersionDto> {
    const version = await this.versions.register(name, dto);
    if (!version.created) reply.status(200);
    return version;
  }
}
