import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from './roles.js';

export class MeTenantDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example acme */
  slug!: string;
  /** @example "Acme Ltd" */
  name!: string;
}

export class MePrincipalDto {
  @ApiProperty({ enum: ['api_key', 'user'] })
  kind!: string;
  /** Null for a person who has not accepted an invitation yet. */
  @ApiProperty({ type: String, nullable: true, example: '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60' })
  id!: string | null;
  /** @example "deploy pipeline" */
  name!: string;
}

export class MeMembershipDto {
  tenant!: MeTenantDto;
  @ApiProperty({ enum: ROLES })
  role!: Role;
}

export class MeDto {
  principal!: MePrincipalDto;
  /** The tenant this request acts in; null where a person is in none, or in several and named none by `X-Tenant`. */
  @ApiProperty({ type: MeTenantDto, nullable: true })
  tenant!: MeTenantDto | null;
  /** @example ["tenant:read"] */
  scopes!: string[];
  /** Of a person: all tenants they are a member of. */
  memberships!: MeMembershipDto[];
}
