import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

const SETUP_ACTIONS = ['install', 'update', 'request'] as const;
const MAX_STATE = 1_000;
const MAX_CODE = 200;

export class StartedDto {
  /** Where the person who connects goes next: GitHub's page, on which they choose an account and its repositories. */
  @ApiProperty({ example: 'https://github.com/apps/rowhouse/installations/new?state=...' })
  url!: string;
  /** Until then they may take their time. @example 2026-11-21T09:40:00.000Z */
  expiresAt!: string;
}

/** What GitHub adds to the setup URL of the App. */
export class SetupQuery {
  /** GitHub's; absent where the installation was only requested. @example 957387 */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (/^\d{1,16}$/.test(String(value)) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  @ApiProperty({ type: Number, required: false })
  installation_id?: number;

  @IsIn(SETUP_ACTIONS)
  @ApiProperty({ enum: SETUP_ACTIONS })
  setup_action!: (typeof SETUP_ACTIONS)[number];

  /** Of the URL that began this. */
  @IsString()
  @Length(1, MAX_STATE)
  state!: string;

  /** By which GitHub tells us what the person may do; once, and for some minutes. */
  @IsOptional()
  @IsString()
  @Length(1, MAX_CODE)
  code?: string;
}
