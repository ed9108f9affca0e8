import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUrl, Length, Matches, ValidateIf } from 'class-validator';
import { IsMetadata } from '../../http/index.js';
import { IsName, IsVersion } from '../names.js';
import { SPEC_TYPES, type SpecType } from './services.schema.js';

const MAX_DESCRIPTION = 2_000;
const MAX_URL = 2_000;
const MAX_GIT_SHA = 64;

const REPOSITORY = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

const IsRepositoryName = () =>
  Matches(/^[\w-]{1,100}\/[\w.-]{1,100}$/, { message: '$property must be owner/name, such as acme/web' });

export class CreateServiceDto {
  /** @example web */
  @IsName()
  name!: string;

  /** @example "The shop that customers see" */
  @IsOptional()
  @IsString()
  @Length(0, MAX_DESCRIPTION)
  description?: string;

  @ValidateIf((_, value) => value !== undefined)
  @IsIn(SPEC_TYPES)
  @ApiProperty({ enum: SPEC_TYPES, required: false, default: 'openapi' })
  specType?: SpecType;

  /** @example https://github.com/acme/web */
  @IsOptional()
  @IsUrl(REPOSITORY)
  @Length(1, MAX_URL)
  repositoryUrl?: string;

  /** Of a GitHub installation that this tenant has connected; it is known by its id from then on. @example acme/web */
  @IsOptional()
  @IsRepositoryName()
  repository?: string;

  @ValidateIf((_, value) => value !== undefined)
  @IsMetadata()
  @ApiProperty({ type: Object, required: false, example: { team: 'checkout' } })
  metadata?: Record<string, unknown>;
}

/** A value sets, null clears, absence leaves. The name stays: recordings are known by it. */
export class UpdateServiceDto {
  @IsOptional()
  @IsString()
  @Length(0, MAX_DESCRIPTION)
  @ApiProperty({ type: String, nullable: true, required: false, example: 'The shop that customers see' })
  description?: string | null;

  @ValidateIf((_, value) => value !== undefined)
  @IsIn(SPEC_TYPES)
  @ApiProperty({ enum: SPEC_TYPES, required: false })
  specType?: SpecType;

  @IsOptional()
  @IsUrl(REPOSITORY)
  @Length(1, MAX_URL)
  @ApiProperty({ type: String, nullable: true, required: false, example: 'https://github.com/acme/web' })
  repositoryUrl?: string | null;

  @IsOptional()
  @IsRepositoryName()
  @ApiProperty({ type: String, nullable: true, required: false, example: 'acme/web' })
  repository?: string | null;

  @ValidateIf((_, value) => value !== undefined)
  @IsMetadata()
  @ApiProperty({ type: Object, required: false })
  metadata?: Record<string, unknown>;
}

export class ServiceDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example web */
  name!: string;
  @ApiProperty({ type: String, nullable: true, example: 'The shop that customers see' })
  description!: string | null;
  @ApiProperty({ enum: SPEC_TYPES })
  specType!: SpecType;
  @ApiProperty({ type: String, nullable: true, example: 'https://github.com/acme/web' })
  repositoryUrl!: string | null;
  /** As it is called now; null also where the tenant has no access to it any more. */
  @ApiProperty({ type: String, nullable: true, example: 'acme/web' })
  repository!: string | null;
  @ApiProperty({ type: Object, example: { team: 'checkout' } })
  metadata!: Record<string, unknown>;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}

export class RegisteredServiceDto extends ServiceDto {
  /** false: it existed, and nothing was changed. @example true */
  created!: boolean;
}

export class CreateVersionDto {
  /** @example 1.4.2 */
  @IsVersion()
  version!: string;

  /** @example main */
  @IsOptional()
  @IsVersion()
  branch?: string;

  /** @example 9fceb02d0ae598e95dc970b74767f19372d61af8 */
  @IsOptional()
  @IsString()
  @Length(1, MAX_GIT_SHA)
  gitSha?: string;
}

export class VersionDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example 1.4.2 */
  version!: string;
  @ApiProperty({ type: String, nullable: true, example: 'main' })
  branch!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '9fceb02d0ae598e95dc970b74767f19372d61af8' })
  gitSha!: string | null;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61 */
  createdBy!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
}

export class RegisteredVersionDto extends VersionDto {
  /** false: it existed, and nothing was changed. @example true */
  created!: boolean;
}
