import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsIn, Matches, MaxLength } from 'class-validator';
import { WellFormed } from '../../http/index.js';
import { MeTenantDto } from '../me.dto.js';
import { ROLES, type Role } from '../roles.js';
import { INVITATION_TOKEN } from './invitation-token.js';
import { INVITATION_STATUSES } from './invitations.schema.js';

const MAX_EMAIL = 320;

export class CreateInvitationDto {
  /** @example ada@acme.example */
  @WellFormed()
  @IsEmail()
  @MaxLength(MAX_EMAIL)
  email!: string;

  @IsIn(ROLES)
  @ApiProperty({ enum: ROLES })
  role!: Role;
}

export class AcceptInvitationDto {
  /** From the link in the mail. @example "inv_<43 characters>" */
  @Matches(INVITATION_TOKEN, { message: 'token must be an invitation token: inv_ and 43 characters' })
  token!: string;
}

export class InvitationDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example ada@acme.example */
  email!: string;
  @ApiProperty({ enum: ROLES })
  role!: Role;
  /** The user or API key that invited. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61 */
  invitedBy!: string;
  @ApiProperty({ enum: INVITATION_STATUSES })
  status!: string;
  /** @example 2026-11-28T09:30:00.000Z */
  expiresAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
}

export class AcceptedInvitationDto {
  tenant!: MeTenantDto;
  @ApiProperty({ enum: ROLES })
  role!: Role;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61 */
  userId!: string;
}
