import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiETag, IfMatch, Precondition, Problems, RequireScope } from '../../http/index.js';
import { tenancyProblems } from '../tenancy.problems.js';
import { ControlPlane } from '../transaction.decorators.js';
import { FeatureDto, FeatureParams, OverrideFeatureDto } from './features.dto.js';
import { FeaturesService } from './features.service.js';

@ApiTags('Platform administration')
@ControlPlane()
@RequireScope('platform:admin')
@Controller('v1/admin/tenants/:id/features')
export class AdminFeaturesController {
  constructor(private readonly features: FeaturesService) {}

  /** Give a tenant a feature, or take it away, whatever its plan says */
  @Put(':name')
  @ApiETag()
  @Problems(tenancyProblems.tenantNotFound, tenancyProblems.featureNotFound)
  override(
    @Param() { id, name }: FeatureParams,
    @Body() { enabled }: OverrideFeatureDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<FeatureDto> {
    return this.features.override(id, name, enabled, ifMatch);
  }
}
