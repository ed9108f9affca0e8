import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Problems, RequireScope } from '../../http/index.js';
import { RequireFeature } from '../../tenancy/index.js';
import { contractsProblems } from '../contracts.problems.js';
import { CanIDeployDto, CanIDeployQuery } from './can-i-deploy.dto.js';
import { CanIDeployService } from './can-i-deploy.service.js';

@ApiTags('Deployments')
@Controller('v1/can-i-deploy')
@RequireFeature('contracts')
export class CanIDeployController {
  constructor(private readonly canIDeploy: CanIDeployService) {}

  /** May this version be deployed to this environment? Writes nothing */
  @Get()
  @RequireScope('contracts:read')
  @Problems(contractsProblems.serviceNotFound, contractsProblems.environmentNotFound)
  ask(@Query() query: CanIDeployQuery): Promise<CanIDeployDto> {
    return this.canIDeploy.ask(query);
  }
}
