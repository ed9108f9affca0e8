import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  ApiCreatedOrFound,
  ApiETag,
  ApiPage,
  IfMatch,
  type Page,
  PageQuery,
  type Precondition,
  Problems,
  RequireScope,
} from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { NameParam } from '../names.js';
import { CreateServiceDto, RegisteredServiceDto, ServiceDto, UpdateServiceDto } from './services.dto.js';
import { ServicesService } from './services.service.js';

/** The services of the calling tenant: consumers, providers or both. */
@ApiTags('Services')
@Controller('v1/services')
@RequireFeature('contracts')
export class ServicesController {
  constructor(private readonly services: ServicesService) {}

  /** List your services, newest first */
  @Get()
  @RequireScope('contracts:read')
  @ApiPage(ServiceDto)
  list(@Query() query: PageQuery): Promise<Page<ServiceDto>> {
    return this.services.list(query);
  }

  /** Read one service */
  @Get(':name')
  @RequireScope('contracts:read')
  @ApiETag()
  @Problems(contractsProblems.serviceNotFound)
  get(@Param() { name }: NameParam): Promise<ServiceDto> {
    return this.services.get(name);
  }

  /** Register a service; one that exists is answered as it is, with 200 */
  @Post()
  @RequireScope('contracts:write')
  @ApiETag()
  @ApiCreatedOrFound(RegisteredServiceDto)
  @Problems(contractsProblems.repositoryUnknown)
  async register(
    @Body() dto: CreateServiceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RegisteredServiceDto> {
    const service = await this.services.register(dto);
    if (!service.created) reply.status(200);
    return service;
  }

  /** Change a service */
  @Patch(':name')
  @RequireScope('contracts:write')
  @ApiETag()
  @Problems(contractsProblems.serviceNotFound, contractsProblems.repositoryUnknown)
  update(
    @Param() { name }: NameParam,
    @Body() dto: UpdateServiceDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<ServiceDto> {
    return this.services.update(name, dto, ifMatch);
  }

  /** Remove a service that is deployed nowhere */
  @Delete(':name')
  @HttpCode(204)
  @RequireScope('contracts:write')
  @Problems(contractsProblems.serviceNotFound, contractsProblems.serviceInUse)
  remove(@Param() { name }: NameParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.services.remove(name, ifMatch);
  }
}
