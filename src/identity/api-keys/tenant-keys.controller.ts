import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam, Problems, RequireScope } from '../../http/index.js';
import { ControlPlane, TenantContext, tenancyProblems } from '../../tenancy/index.js';
import { identityProblems } from '../identity.problems.js';
import { CreateApiKeyDto, IssuedApiKeyDto } from './api-keys.dto.js';
import { TenantKeysService } from './tenant-keys.service.js';

/** How an operator hands a tenant its first key. */
@ApiTags('Platform administration')
@ControlPlane()
@RequireScope('platform:admin')
@Controller('v1/admin/tenants/:id/api-keys')
export class TenantKeysController {
  constructor(
    private readonly keys: TenantKeysService,
    private readonly context: TenantContext,
  ) {}

  /** Issue an API key of a tenant; the answer shows it once */
  @Post()
  @Problems(tenancyProblems.tenantNotFound, identityProblems.scopeNotHeld)
  issue(@Param() { id }: IdParam, @Body() dto: CreateApiKeyDto): Promise<IssuedApiKeyDto> {
    return this.keys.issue(id, dto, this.context.current.actor);
  }
}
