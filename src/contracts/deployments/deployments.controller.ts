import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  ApiCreatedOrFound,
  ApiETag,
  ApiPage,
  IdParam,
  type Page,
  PageQuery,
  Problems,
  RequireScope,
} from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { NameParam } from '../names.js';
import {
  CreateDeploymentDto,
  DeploymentDto,
  DeploymentsQuery,
  RecordedDeploymentDto,
} from './deployments.dto.js';
import { DeploymentsService } from './deployments.service.js';

/** What runs where. */
@ApiTags('Deployments')
@Controller('v1')
@RequireFeature('contracts')
export class DeploymentsController {
  constructor(private readonly deployments: DeploymentsService) {}

  /** List deployments, newest first */
  @Get('deployments')
  @RequireScope('contracts:read')
  @ApiPage(DeploymentDto)
  @Problems(contractsProblems.serviceNotFound, contractsProblems.environmentNotFound)
  list(@Query() query: DeploymentsQuery): Promise<Page<DeploymentDto>> {
    return this.deployments.list(query);
  }

  /** List the deployments of a service, newest first */
  @Get('services/:name/deployments')
  @RequireScope('contracts:read')
  @ApiPage(DeploymentDto)
  @Problems(contractsProblems.serviceNotFound)
  listOf(@Param() { name }: NameParam, @Query() query: PageQuery): Promise<Page<DeploymentDto>> {
    return this.deployments.list({ ...query, service: name });
  }

  /** Read one deployment */
  @Get('deployments/:id')
  @RequireScope('contracts:read')
  @ApiETag()
  @Problems(contractsProblems.deploymentNotFound)
  get(@Param() { id }: IdParam): Promise<DeploymentDto> {
    return this.deployments.get(id);
  }

  /** Record that a version runs in an environment; the one that ran there before is no longer active */
  @Post('deployments')
  @RequireScope('contracts:write')
  @ApiETag()
  @ApiCreatedOrFound(RecordedDeploymentDto)
  @Problems(
    contractsProblems.serviceNotFound,
    contractsProblems.versionNotFound,
    contractsProblems.environmentNotFound,
  )
  async record(
    @Body() dto: CreateDeploymentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedDeploymentDto> {
    const deployment = await this.deployments.record(dto);
    if (!deployment.created) reply.status(200);
    return deployment;
  }

  /** Record that a deployment runs no longer; doing it twice is no error */
  @Post('deployments/:id/undeploy')
  @HttpCode(200)
  @RequireScope('contracts:write')
  @ApiETag()
  @Problems(contractsProblems.deploymentNotFound)
  undeploy(@Param() { id }: IdParam): Promise<DeploymentDto> {
    return this.deployments.undeploy(id);
  }
}
