import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problems, SignedIn } from '../../http/index.js';
import { ControlPlane, Repeatable } from '../../tenancy/index.js';
import { identityProblems } from '../identity.problems.js';
import { AcceptInvitationService } from './accept-invitation.service.js';
import { AcceptInvitationDto, AcceptedInvitationDto } from './invitations.dto.js';

/** Beside the tenant's own routes: who accepts is in no tenant yet. */
@ApiTags('Invitations')
@ControlPlane()
@Controller('v1/invitations/accept')
export class AcceptInvitationController {
  constructor(private readonly invitations: AcceptInvitationService) {}

  /** Join the tenant that invited you, with the token of the mail; sign in first, as an existing or a new user */
  @Post()
  @HttpCode(200)
  @SignedIn()
  @Repeatable()
  @Problems(
    identityProblems.invitationNotFound,
    identityProblems.invitationClosed,
    identityProblems.invitationExpired,
    identityProblems.alreadyMember,
    identityProblems.emailTaken,
    identityProblems.personRequired,
  )
  accept(
    @Body() { token }: AcceptInvitationDto,
    @Req() { person, id: requestId, ip }: FastifyRequest,
  ): Promise<AcceptedInvitationDto> {
    if (!person) throw identityProblems.personRequired();
    return this.invitations.accept(token, person.claims, { requestId, ip });
  }
}
