import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequireScope } from '../../http/index.js';
import { TenantContext } from '../tenant-context.js';
import { ControlPlane } from '../transaction.decorators.js';
import { FeaturesDto } from './features.dto.js';
import { FeaturesService } from './features.service.js';

@ApiTags('Tenant')
@ControlPlane()
@Controller('v1/tenant/features')
export class FeaturesController {
  constructor(
    private readonly features: FeaturesService,
    private readonly context: TenantContext,
  ) {}

  /** List all features, and which of them your tenant has */
  @Get()
  @RequireScope('tenant:read')
  async list(): Promise<FeaturesDto> {
    return { data: await this.features.list(this.context.current.tenantId) };
  }
}
