import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiETag,
  ApiPage,
  IdParam,
  IfMatch,
  type Page,
  PageQuery,
  type Precondition,
  Problems,
  RequireScope,
} from '../../http/index.js';
import { tenancyProblems } from '../tenancy.problems.js';
import { ControlPlane } from '../transaction.decorators.js';
import { AdminUpdateTenantDto, CreateTenantDto, ReasonDto, TenantDto } from './tenants.dto.js';
import { TenantsService } from './tenants.service.js';

/** The tenants of the platform, for its operators. */
@ApiTags('Platform administration')
@ControlPlane()
@RequireScope('platform:admin')
@Controller('v1/admin/tenants')
export class AdminTenantsController {
  constructor(private readonly tenants: TenantsService) {}

  /** List all tenants, newest first */
  @Get()
  @ApiPage(TenantDto)
  list(@Query() query: PageQuery): Promise<Page<TenantDto>> {
    return this.tenants.list(query);
  }

  /** Create a tenant */
  @Post()
  @ApiETag()
  @Problems(tenancyProblems.slugTaken, tenancyProblems.isolationNotServed)
  create(@Body() dto: CreateTenantDto): Promise<TenantDto> {
    return this.tenants.create(dto);
  }

  /** Read one tenant */
  @Get(':id')
  @ApiETag()
  @Problems(tenancyProblems.tenantNotFound)
  get(@Param() { id }: IdParam): Promise<TenantDto> {
    return this.tenants.get(id);
  }

  /** Change a tenant */
  @Patch(':id')
  @ApiETag()
  @Problems(tenancyProblems.tenantNotFound)
  update(
    @Param() { id }: IdParam,
    @Body() dto: AdminUpdateTenantDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<TenantDto> {
    return this.tenants.update(id, dto, ifMatch);
  }

  /** Suspend: every request of the tenant is answered 403, its data stays */
  @Post(':id/suspend')
  @HttpCode(200)
  @ApiETag()
  @Problems(tenancyProblems.tenantNotFound, tenancyProblems.tenantState, tenancyProblems.systemTenant)
  suspend(
    @Param() { id }: IdParam,
    @Body() { reason }: ReasonDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<TenantDto> {
    return this.tenants.change(id, 'suspend', reason, ifMatch);
  }

  /** Serve a suspended tenant again */
  @Post(':id/reactivate')
  @HttpCode(200)
  @ApiETag()
  @Problems(tenancyProblems.tenantNotFound, tenancyProblems.tenantState, tenancyProblems.systemTenant)
  reactivate(
    @Param() { id }: IdParam,
    @Body() { reason }: ReasonDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<TenantDto> {
    return this.tenants.change(id, 'reactivate', reason, ifMatch);
  }

  /** Archive a suspended tenant: there is no way back */
  @Post(':id/archive')
  @HttpCode(200)
  @ApiETag()
  @Problems(tenancyProblems.tenantNotFound, tenancyProblems.tenantState, tenancyProblems.systemTenant)
  archive(
    @Param() { id }: IdParam,
    @Body() { reason }: ReasonDto,
    @IfMatch() ifMatch: Precondition,
  ): Promise<TenantDto> {
    return this.tenants.change(id, 'archive', reason, ifMatch);
  }
}
