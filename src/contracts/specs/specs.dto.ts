import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsOptional, ValidateIf } from 'class-validator';
import { PageQuery } from '../../http/index.js';
import { IsName, IsVersion } from '../names.js';
import { HasAtMostValues } from './document/size.js';
import { SPEC_TYPES, type SpecType } from '../services/services.schema.js';
import { SPEC_MATCHES, type SpecMatch } from './nearest-spec.js';

/** What a document may take; the other routes take 1 MB. */
export const MAX_SPEC_BYTES = 8 * 1024 * 1024;

/** A value of two bytes takes fifty in memory; the largest document known here, of 2 MB, holds 64,000. */
const MAX_SPEC_VALUES = 1_000_000;

const DOCUMENT = { openapi: '3.1.0', info: { title: 'Orders', version: '2.1.0' }, paths: {} };

export class UploadSpecDto {
  /** Registered if it is not known. @example 2.1.0 */
  @IsVersion()
  version!: string;

  @ApiProperty({ type: String, required: false, default: 'main' })
  @ValidateIf((_, value) => value !== undefined)
  @IsVersion()
  branch = 'main';

  /** Where it is valid; absent: everywhere. @example production */
  @ValidateIf((_, value) => value !== undefined)
  @IsName()
  environment?: string;

  /**
   * The document itself, complete: references to elsewhere are refused, and never fetched. Not copied on its way,
   * which would take longer than all else that happens to it.
   */
  @IsObject()
  @HasAtMostValues(MAX_SPEC_VALUES)
  @ApiProperty({ type: Object, example: DOCUMENT })
  spec!: Record<string, unknown>;
}

export class ReplaceQuery {
  /** true: what is there for this version, branch and environment is replaced. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  replace = false;
}

export class SpecQuery {
  /** The version of the service; the nearest that has a specification answers. Absent or `latest`: the newest. @example 2.1.0 */
  @IsOptional()
  @IsVersion()
  version?: string;

  /** @example main */
  @IsOptional()
  @IsVersion()
  branch?: string;

  /** Those of this environment come before those of none. @example production */
  @IsOptional()
  @IsName()
  environment?: string;

  /** `spec`: with the document. */
  @IsOptional()
  @IsIn(['spec'])
  @ApiProperty({ enum: ['spec'], required: false })
  include?: 'spec';
}

export class SpecVersionsQuery extends PageQuery {
  @IsOptional()
  @IsVersion()
  branch?: string;

  @IsOptional()
  @IsName()
  environment?: string;
}

export class SpecSummaryDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example orders */
  service!: string;
  /** @example 2.1.0 */
  version!: string;
  /** @example main */
  branch!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  environment!: string | null;
  @ApiProperty({ enum: SPEC_TYPES })
  specType!: SpecType;
  /** SHA-256 of the document with sorted keys. @example 6f1ed002ab5595859014ebf0951522d9a1a3e0a1f4a9c0f6a2b1c3d4e5f60718 */
  contentSha!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61 */
  uploadedBy!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  uploadedAt!: string;
}

export class UploadedSpecDto extends SpecSummaryDto {
  /** false, and `replaced` as well: the same document was there, and nothing was changed. @example true */
  created!: boolean;
  /** With `replace=true`: another document was there. @example false */
  replaced!: boolean;
}

export class FoundSpecDto extends SpecSummaryDto {
  /** How near it is to the version that was asked for. */
  @ApiProperty({ enum: SPEC_MATCHES })
  match!: SpecMatch;
  /** With `include=spec`. */
  @ApiProperty({ type: Object, required: false, example: DOCUMENT })
  spec?: Record<string, unknown>;
}
