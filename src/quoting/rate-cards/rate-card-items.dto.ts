import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Length, Max, Min } from 'class-validator';
import { IdParam, IsDay, IsDecimal, MayBeAbsent, PageQuery } from '../../http/index.js';
import { FORMATS } from '../../money/index.js';
import { IsCode } from '../fields.js';
import { IsSearch, IsSort } from '../lists.js';
import { TAX_CLASSES, type TaxClass } from '../tax-rates/tax-rate-on.js';
import { UNITS, type Unit } from './rate-cards.types.js';

const MAX_NAME = 255;
const MAX_SORT_ORDER = 1_000_000;

/** `:id` of the rate card and `:itemId` of a path. */
export class RateCardItemParams extends IdParam {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f66 */
  @IsUUID('loose')
  itemId!: string;
}

export class RateCardItemsQuery extends PageQuery {
  /** In the code, or the name. @example senior */
  @IsSearch()
  q?: string;

  /** The id of a service category. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f64 */
  @IsOptional()
  @IsUUID('loose')
  serviceCategory?: string;

  @IsSort(['sortOrder', 'createdAt', 'itemCode', 'name'])
  sort: string = 'sortOrder';
}

class RateCardItemFields {
  @IsOptional()
  @IsUUID('loose')
  @ApiProperty({ type: String, nullable: true, required: false, example: null })
  serviceCategoryId?: string | null;

  /** What a unit costs the tenant; customers never see it. */
  @IsOptional()
  @IsDecimal(FORMATS.unitPrice, { example: '90.00', required: false, nullable: true })
  cost?: string | null;

  @MayBeAbsent()
  @IsIn(TAX_CLASSES)
  @ApiProperty({ enum: TAX_CLASSES, required: false })
  taxClass?: TaxClass;

  /** Absent or null: as long as the card is. */
  @IsOptional()
  @IsDay()
  @ApiProperty({ type: String, nullable: true, required: false, example: null })
  effectiveFrom?: string | null;

  /** The last day. */
  @IsOptional()
  @IsDay()
  @ApiProperty({ type: String, nullable: true, required: false, example: null })
  effectiveUntil?: string | null;

  /** Of items that have the same rate to offer, the first in this order is taken. @example 10 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(MAX_SORT_ORDER)
  sortOrder?: number;
}

export class CreateRateCardItemDto extends RateCardItemFields {
  /** @example DEV-SENIOR */
  @IsCode()
  itemCode!: string;

  /** @example "Senior development" */
  @IsString()
  @Length(1, MAX_NAME)
  name!: string;

  @IsIn(UNITS)
  @ApiProperty({ enum: UNITS })
  unit!: Unit;

  /** Of one unit, in the currency of the card. */
  @IsDecimal(FORMATS.unitPrice, { example: '150.00' })
  baseRate!: string;
}

/** A value sets, null clears, absence leaves. */
export class UpdateRateCardItemDto extends RateCardItemFields {
  /** @example DEV-SENIOR */
  @MayBeAbsent()
  @IsCode()
  itemCode?: string;

  /** @example "Senior development" */
  @MayBeAbsent()
  @IsString()
  @Length(1, MAX_NAME)
  name?: string;

  @MayBeAbsent()
  @IsIn(UNITS)
  @ApiProperty({ enum: UNITS, required: false })
  unit?: Unit;

  @MayBeAbsent()
  @IsDecimal(FORMATS.unitPrice, { example: '150.00', required: false })
  baseRate?: string;
}

export class RateCardItemDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f66 */
  id!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f65 */
  rateCardId!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  serviceCategoryId!: string | null;
  /** @example DEV-SENIOR */
  itemCode!: string;
  /** @example "Senior development" */
  name!: string;
  @ApiProperty({ enum: UNITS })
  unit!: Unit;
  @ApiProperty({ type: String, example: '150.0000' })
  baseRate!: string;
  @ApiProperty({ type: String, nullable: true, example: '90.0000' })
  cost!: string | null;
  @ApiProperty({ enum: TAX_CLASSES })
  taxClass!: TaxClass;
  @ApiProperty({ type: String, nullable: true, example: null })
  effectiveFrom!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  effectiveUntil!: string | null;
  /** @example 10 */
  sortOrder!: number;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}
