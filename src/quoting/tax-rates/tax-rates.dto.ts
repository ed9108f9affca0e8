import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, ValidateBy } from 'class-validator';
import { IsDay, IsDecimal, MayBeAbsent, PageQuery } from '../../http/index.js';
import { FORMATS } from '../../money/index.js';
import { IsSort } from '../lists.js';
import { TAX_CLASSES, type TaxClass } from './tax-rate-on.js';

/** As the column has it, so that texts are in the order of their numbers. */
const ALL = '1.0000';

const IsTaxRate = (required: boolean) =>
  applyDecorators(
    IsDecimal(FORMATS.fraction, { example: '0.15', required }),
    ValidateBy({
      name: 'isTaxRate',
      validator: {
        validate: (value: unknown) => !(typeof value === 'string' && value > ALL),
        defaultMessage: () => '$property is a fraction, at most 1: 15 % is 0.15',
      },
    }),
  );

export class TaxRatesQuery extends PageQuery {
  @IsOptional()
  @IsIn(TAX_CLASSES)
  @ApiProperty({ enum: TAX_CLASSES, required: false })
  taxClass?: TaxClass;

  @IsSort(['createdAt', 'validFrom'])
  sort: string = '-createdAt';
}

export class CreateTaxRateDto {
  @IsIn(TAX_CLASSES)
  @ApiProperty({ enum: TAX_CLASSES })
  taxClass!: TaxClass;

  /** A fraction: 15 % is 0.15. */
  @IsTaxRate(true)
  rate!: string;

  /** In force from this day on, until the next rate of the class. @example 2026-01-01 */
  @IsDay()
  validFrom!: string;
}

/** A value sets, absence leaves. */
export class UpdateTaxRateDto {
  /** A fraction: 15 % is 0.15. */
  @MayBeAbsent()
  @IsTaxRate(false)
  rate?: string;

  /** @example 2026-01-01 */
  @MayBeAbsent()
  @IsDay()
  validFrom?: string;
}

export class TaxRateDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f67 */
  id!: string;
  @ApiProperty({ enum: TAX_CLASSES })
  taxClass!: TaxClass;
  @ApiProperty({ type: String, example: '0.1500' })
  rate!: string;
  /** @example 2026-01-01 */
  validFrom!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}
