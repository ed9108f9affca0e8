import { IsString, IsUUID, Length } from 'class-validator';
import { IdParam } from '../../http/index.js';

const MAX_ISSUER = 2_048;
const MAX_EXTERNAL_ID = 255;

export class MapOrganizationDto {
  /** The exact `iss` of its tokens; one that is configured. @example https://clerk.example.com */
  @IsString()
  @Length(1, MAX_ISSUER)
  issuer!: string;

  /** The organization by the issuer's name. @example org_2aBcDeFgHiJk */
  @IsString()
  @Length(1, MAX_EXTERNAL_ID)
  externalId!: string;
}

export class OrganizationDto extends MapOrganizationDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
}

export class OrganizationParams extends IdParam {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61 */
  @IsUUID('loose')
  organizationId!: string;
}
