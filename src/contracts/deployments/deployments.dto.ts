import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, IsString, Length } from 'class-validator';
import { PageQuery } from '../../http/index.js';
import { IsName, IsVersion } from '../names.js';

const MAX_GIT_SHA = 64;

export class CreateDeploymentDto {
  /** @example web */
  @IsName()
  service!: string;

  /** @example 1.4.2 */
  @IsVersion()
  version!: string;

  /** @example production */
  @IsName()
  environment!: string;

  /** @example 9fceb02d0ae598e95dc970b74767f19372d61af8 */
  @IsOptional()
  @IsString()
  @Length(1, MAX_GIT_SHA)
  gitSha?: string;
}

const toBoolean = ({ value }: { value: unknown }) =>
  value === 'true' ? true : value === 'false' ? false : value;

export class DeploymentsQuery extends PageQuery {
  @IsOptional()
  @IsName()
  environment?: string;

  @IsOptional()
  @IsName()
  service?: string;

  /** true: only what runs now; false: only what does not any more. */
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  @ApiProperty({ type: Boolean, required: false })
  active?: boolean;
}

export class DeploymentDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example web */
  service!: string;
  /** @example 1.4.2 */
  version!: string;
  /** @example production */
  environment!: string;
  /** @example true */
  active!: boolean;
  /** @example 2026-11-21T09:30:00.000Z */
  deployedAt!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61 */
  deployedBy!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  undeployedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '9fceb02d0ae598e95dc970b74767f19372d61af8' })
  gitSha!: string | null;
}

export class RecordedDeploymentDto extends DeploymentDto {
  /** false: this version was active there already, and nothing was changed. @example true */
  created!: boolean;
}
