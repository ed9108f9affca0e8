import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { HasNoDuplicates, IsInFuture, IsInstant } from '../../http/index.js';
import { ALL_SCOPES, type Scope } from '../scopes.js';

const MAX_NAME = 255;
const MAX_OVERLAP_SECONDS = 30 * 86_400;
const DEFAULT_OVERLAP_SECONDS = 86_400;

export class CreateApiKeyDto {
  /** @example "deploy pipeline" */
  @IsString()
  @Length(1, MAX_NAME)
  name!: string;

  /** Default: all scopes of a tenant that the maker holds. */
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @HasNoDuplicates()
  @ArrayMaxSize(ALL_SCOPES.length)
  @IsIn(ALL_SCOPES, { each: true })
  @ApiProperty({ enum: ALL_SCOPES, isArray: true, required: false, example: ['tenant:read'] })
  scopes?: Scope[];

  /** RFC 3339, in the future; absent: never. @example 2027-12-31T00:00:00Z */
  @IsOptional()
  @IsInstant()
  @IsInFuture()
  expiresAt?: string;
}

export class RotateApiKeyDto {
  /** How long the old secret keeps working, in seconds; 0 ends it at once. */
  @ApiProperty({ required: false })
  @ValidateIf((_, value) => value !== undefined)
  @IsInt()
  @Min(0)
  @Max(MAX_OVERLAP_SECONDS)
  overlapSeconds: number = DEFAULT_OVERLAP_SECONDS;
}

export class ApiKeyDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example "deploy pipeline" */
  name!: string;
  /** The part of the key that is no secret. @example 4f1d0c9a7be25d38a1c6 */
  publicId!: string;
  /** @example ["tenant:read"] */
  scopes!: string[];
  /** Who made it. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  createdBy!: string;
  @ApiProperty({ type: String, nullable: true, example: '2027-12-31T00:00:00.000Z' })
  expiresAt!: string | null;
  /** Written at most once a minute. */
  @ApiProperty({ type: String, nullable: true, example: '2026-11-21T09:30:00.000Z' })
  lastUsedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  revokedAt!: string | null;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
}

export class IssuedApiKeyDto extends ApiKeyDto {
  /** The whole key; shown this once. @example "rh_4f1d0c9a7be25d38a1c6_<64 hexadecimal digits>" */
  apiKey!: string;
}
