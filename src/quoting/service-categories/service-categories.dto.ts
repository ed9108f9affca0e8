import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';
import { MayBeAbsent, PageQuery } from '../../http/index.js';
import { IsCode } from '../fields.js';
import { IsSearch, IsSort } from '../lists.js';
import { UNITS, type Unit } from '../rate-cards/rate-cards.types.js';

const MAX_NAME = 255;

export class ServiceCategoriesQuery extends PageQuery {
  /** In the code, or the name. @example dev */
  @IsSearch()
  q?: string;

  @IsSort(['createdAt', 'code', 'name'])
  sort: string = '-createdAt';
}

export class CreateServiceCategoryDto {
  /** @example DEV */
  @IsCode()
  code!: string;

  /** @example Development */
  @IsString()
  @Length(1, MAX_NAME)
  name!: string;

  @MayBeAbsent()
  @IsIn(UNITS)
  @ApiProperty({ enum: UNITS, required: false, default: 'hour' })
  defaultUnit?: Unit;
}

/** A value sets, absence leaves. */
export class UpdateServiceCategoryDto {
  /** @example DEV */
  @MayBeAbsent()
  @IsCode()
  code?: string;

  /** @example Development */
  @MayBeAbsent()
  @IsString()
  @Length(1, MAX_NAME)
  name?: string;

  @MayBeAbsent()
  @IsIn(UNITS)
  @ApiProperty({ enum: UNITS, required: false })
  defaultUnit?: Unit;
}

export class ServiceCategoryDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f64 */
  id!: string;
  /** @example DEV */
  code!: string;
  /** @example Development */
  name!: string;
  @ApiProperty({ enum: UNITS })
  defaultUnit!: Unit;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}
