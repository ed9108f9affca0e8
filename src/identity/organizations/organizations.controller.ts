import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ApiETag,
  ApiPage,
  IdParam,
  IfMatch,
  type Page,
  PageQuery,
  Precondition,
  Problems,
  RequireScope,
} from '../../http/index.js';
import { ControlPlane, tenancyProblems } from '../../tenancy/index.js';
import { identityProblems } from '../identity.problems.js';
import { MapOrganizationDto, OrganizationDto, OrganizationParams } from './organizations.dto.js';
import { OrganizationsService } from './organizations.service.js';

/** Tokens that name an organization act in the tenant it is mapped to. */
@ApiTags('Platform administration')
@ControlPlane()
@RequireScope('platform:admin')
@Controller('v1/admin/tenants/:id/organizations')
export class OrganizationsController {
  constructor(private readonly organizations: OrganizationsService) {}

  /** List the identity providers' organizations that are this tenant */
  @Get()
  @ApiPage(OrganizationDto)
  @Problems(tenancyProblems.tenantNotFound)
  list(@Param() { id }: IdParam, @Query() query: PageQuery): Promise<Page<OrganizationDto>> {
    return this.organizations.list(id, query);
  }

  /** Map an organization to this tenant */
  @Post()
  @ApiETag()
  @Problems(tenancyProblems.tenantNotFound, identityProblems.organizationTaken)
  map(@Param() { id }: IdParam, @Body() dto: MapOrganizationDto): Promise<OrganizationDto> {
    return this.organizations.map(id, dto);
  }

  /** End a mapping: tokens of that organization are refused at once */
  @Delete(':organizationId')
  @HttpCode(204)
  @Problems(identityProblems.organizationNotFound)
  unmap(
    @Param() { id, organizationId }: OrganizationParams,
    @IfMatch() ifMatch: Precondition,
  ): Promise<void> {
    return this.organizations.unmap(id, organizationId, ifMatch);
  }
}
