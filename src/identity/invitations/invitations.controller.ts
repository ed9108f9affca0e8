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
import { CurrentPrincipal } from '../current-principal.js';
import { identityProblems } from '../identity.problems.js';
import type { Principal } from '../principal.js';
import { CreateInvitationDto, InvitationDto } from './invitations.dto.js';
import { InvitationsService } from './invitations.service.js';

/** How people become members of the calling tenant. */
@ApiTags('Invitations')
@RequireScope('tenant:admin')
@Controller('v1/invitations')
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  /** List your invitations, newest first */
  @Get()
  @ApiPage(InvitationDto)
  list(@Query() query: PageQuery): Promise<Page<InvitationDto>> {
    return this.invitations.list(query);
  }

  /** Read one invitation */
  @Get(':id')
  @ApiETag()
  @Problems(identityProblems.invitationNotFound)
  get(@Param() { id }: IdParam): Promise<InvitationDto> {
    return this.invitations.get(id);
  }

  /** Invite somebody by mail; only owners invite owners */
  @Post()
  @ApiETag()
  @Problems(identityProblems.alreadyMember, identityProblems.invitationExists)
  create(@Body() dto: CreateInvitationDto, @CurrentPrincipal() by: Principal): Promise<InvitationDto> {
    return this.invitations.create(dto, by);
  }

  /** Send the mail again, with a new token for seven more days */
  @Post(':id/resend')
  @HttpCode(200)
  @ApiETag()
  @Problems(identityProblems.invitationNotFound, identityProblems.invitationClosed)
  resend(@Param() { id }: IdParam): Promise<InvitationDto> {
    return this.invitations.resend(id);
  }

  /** Revoke an open invitation */
  @Delete(':id')
  @HttpCode(204)
  @Problems(identityProblems.invitationNotFound, identityProblems.invitationClosed)
  revoke(@Param() { id }: IdParam, @IfMatch() ifMatch: Precondition): Promise<void> {
    return this.invitations.revoke(id, ifMatch);
  }
}
