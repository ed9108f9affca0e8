import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import type { Metadata, MetadataFilter } from '../../database/index.js';
import { IsDay, IsMetadata, IsMetadataFilter, MayBeAbsent, PageQuery } from '../../http/index.js';
import { IsCurrencyCode } from '../fields.js';
import { IsFlag, IsSearch, IsSort } from '../lists.js';

const MAX_NAME = 255;
const MAX_VERSION = 1_000_000;

export class RateCardsQuery extends PageQuery {
  /** In the name. @example standard */
  @IsSearch()
  q?: string;

  /** @example EUR */
  @IsOptional()
  @IsCurrencyCode()
  currency?: string;

  @IsFlag()
  isActive?: boolean;

  @IsFlag()
  isDefault?: boolean;

  /** Those in force on this day. @example 2026-11-21 */
  @IsOptional()
  @IsDay()
  on?: string;

  @IsSort(['createdAt', 'name', 'effectiveFrom'])
  sort: string = '-createdAt';

  @IsOptional()
  @IsMetadataFilter()
  metadata?: MetadataFilter;
}

class RateCardFields {
  /** Cards of the same name are told apart by it. @example 1 */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(MAX_VERSION)
  version?: number;

  /** The last day it is in force; absent or null: for ever. */
  @IsOptional()
  @IsDay()
  @ApiProperty({ type: String, nullable: true, required: false, example: null })
  effectiveUntil?: string | null;

  /** true: instead of the card that is the default of the currency. @example true */
  @MayBeAbsent()
  @IsBoolean()
  isDefault?: boolean;

  /** false: no line gets its price from it. @example true */
  @MayBeAbsent()
  @IsBoolean()
  isActive?: boolean;

  @MayBeAbsent()
  @IsMetadata()
  @ApiProperty({ type: Object, required: false, example: { region: 'north' } })
  metadata?: Metadata;
}

export class CreateRateCardDto extends RateCardFields {
  /** @example "Standard Rates" */
  @IsString()
  @Length(1, MAX_NAME)
  name!: string;

  /** @example EUR */
  @IsCurrencyCode()
  currency!: string;

  /** The first day it is in force. @example 2026-01-01 */
  @IsDay()
  effectiveFrom!: string;
}

/** A value sets, null clears, absence leaves. The currency stays: its rates are amounts of it. */
export class UpdateRateCardDto extends RateCardFields {
  /** @example "Standard Rates" */
  @MayBeAbsent()
  @IsString()
  @Length(1, MAX_NAME)
  name?: string;

  /** @example 2026-01-01 */
  @MayBeAbsent()
  @IsDay()
  effectiveFrom?: string;
}

export class RateCardDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f65 */
  id!: string;
  /** @example "Standard Rates" */
  name!: string;
  /** @example 1 */
  version!: number;
  /** @example EUR */
  currency!: string;
  /** @example 2026-01-01 */
  effectiveFrom!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  effectiveUntil!: string | null;
  /** @example true */
  isDefault!: boolean;
  /** @example true */
  isActive!: boolean;
  @ApiProperty({ type: Object, example: { region: 'north' } })
  metadata!: Metadata;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}
