import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
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
import { CurrentPrincipal } from '../current-principal.js';
import { identityProblems } from '../identity.problems.js';
import type { Principal } from '../principal.js';
import { MemberDto, UpdateMemberDto } from './members.dto.js';
import { MembersService } from './members.service.js';

/** Who belongs to the calling tenant. New members come by invitation. */
@ApiTags('Members')
@Controller('v1/members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  /** List your members, newest first */
  @Get()
  @RequireScope('tenant:read')
  @ApiPage(MemberDto)
  list(@Query() query: PageQuery): Promise<Page<MemberDto>> {
    return this.members.list(query);
  }

  /** Read one member */
  @Get(':id')
  @RequireScope('tenant:read')
  @ApiETag()
  @Problems(identityProblems.memberNotFound)
  get(@Param() { id }: IdParam): Promise<MemberDto> {
    return this.members.get(id);
  }

  /** Change a member's role; only owners make and unmake owners */
  @Patch(':id')
  @RequireScope('tenant:admin')
  @ApiETag()
  @Problems(identityProblems.memberNotFound, identityProblems.lastOwner)
  update(
    @Param() { id }: IdParam,
    @Body() { role }: UpdateMemberDto,
    @CurrentPrincipal() by: Principal,
    @IfMatch() ifMatch: Precondition,
  ): Promise<MemberDto> {
    return this.members.changeRole(id, role, by, ifMatch);
  }

  /** Remove a member from the tenant */
  @Delete(':id')
  @HttpCode(204)
  @RequireScope('tenant:admin')
  @Problems(identityProblems.memberNotFound, identityProblems.lastOwner)
  remove(
    @Param() { id }: IdParam,
    @CurrentPrincipal() by: Principal,
    @IfMatch() ifMatch: Precondition,
  ): Promise<void> {
    return this.members.remove(id, by, ifMatch);
  }
}
