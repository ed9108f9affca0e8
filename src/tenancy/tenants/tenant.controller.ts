import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiETag, IfMatch, type Precondition, RequireScope } from '../../http/index.js';
import { TenantContext } from '../tenant-context.js';
import { ControlPlane } from '../transaction.decorators.js';
import { TenantDto, UpdateTenantDto } from './tenants.dto.js';
import { TenantsService } from './tenants.service.js';

/** The caller's own tenant: its id comes from the credential, never from the request. */
@ApiTags('Tenant')
@ControlPlane()
@Controller('v1/tenant')
export class TenantController {
  constructor(
    private readonly tenants: TenantsService,
    private readonly context: TenantContext,
  ) {}

  /** Read your tenant */
  @Get()
  @RequireScope('tenant:read')
  @ApiETag()
  get(): Promise<TenantDto> {
    return this.tenants.get(this.context.current.tenantId);
  }

  /** Change your tenant */
  @Patch()
  @RequireScope('tenant:admin')
  @ApiETag()
  update(@Body() dto: UpdateTenantDto, @IfMatch() ifMatch: Precondition): Promise<TenantDto> {
    return this.tenants.update(this.context.current.tenantId, dto, ifMatch);
  }
}
