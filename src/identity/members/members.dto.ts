import { ApiProperty } from '@nestjs/swagger';
import { IsIn, ValidateIf } from 'class-validator';
import { ROLES, type Role } from '../roles.js';

export class UpdateMemberDto {
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(ROLES)
  @ApiProperty({ enum: ROLES, required: false })
  role?: Role;
}

export class MemberDto {
  /** Of the membership, not of the person. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61 */
  userId!: string;
  /** @example ada@acme.example */
  email!: string;
  @ApiProperty({ type: String, nullable: true, example: 'Ada' })
  firstName!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'Lovelace' })
  lastName!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  photoUrl!: string | null;
  @ApiProperty({ enum: ROLES })
  role!: Role;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}
