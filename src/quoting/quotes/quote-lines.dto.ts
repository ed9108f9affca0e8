import { ApiProperty } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { IsUUID } from 'class-validator';
import { IdParam, JudgedBy, type Reader } from '../../http/index.js';
import { LINE_DISCOUNTS, type LineDiscountType } from '../pricing/pricing.types.js';
import { RATE_SOURCES, type RateSource, UNITS, type Unit } from '../rate-cards/rate-cards.types.js';
import { TAX_CLASSES, type TaxClass } from '../tax-rates/tax-rate-on.js';
import { judgeLine, judgeLines } from './line-rules.js';
import { QuoteLineInputDto, type UpdateQuoteLineDto } from './quote-line-input.dto.js';
import { LINE_KINDS, type LineKind } from './quotes.types.js';

/** For `@SentBody()`. */
export const readLine: Reader<QuoteLineInputDto> = (body) => {
  const errors = judgeLine('', body);
  return errors.length > 0 ? { errors } : { dto: body as QuoteLineInputDto };
};
export const readLineChange: Reader<UpdateQuoteLineDto> = (body) => {
  const errors = judgeLine('', body, true);
  return errors.length > 0 ? { errors } : { dto: body as UpdateQuoteLineDto };
};

/** The lines in a body that is read by `@SentBody()`. */
export const IsLines = () =>
  applyDecorators(
    ApiProperty({ type: () => [QuoteLineInputDto], maxItems: 1_000 }),
    JudgedBy('isQuoteLines', judgeLines),
  );

export class ReplaceLinesDto {
  /** All of them, in their order. */
  @IsLines()
  lines!: QuoteLineInputDto[];
}

/** A line with its figures, in the quote's currency. */
export class QuoteLineDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example 1 */
  lineNumber!: number;
  @ApiProperty({ enum: LINE_KINDS })
  kind!: LineKind;
  @ApiProperty({ type: String, nullable: true, example: 'DEV-1' })
  sku!: string | null;
  /** @example "Senior development" */
  description!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  serviceCategoryId!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  rateCardItemId!: string | null;
  /** What the unit price was found by. */
  @ApiProperty({ enum: RATE_SOURCES })
  rateSource!: RateSource;
  /** @example "40.0000" */
  quantity!: string;
  @ApiProperty({ enum: UNITS })
  unit!: Unit;
  /** With tax, where the quote's prices include it. @example "150.0000" */
  unitPrice!: string;
  @ApiProperty({ type: String, nullable: true, example: '90.0000' })
  unitCost!: string | null;
  @ApiProperty({ enum: LINE_DISCOUNTS, nullable: true })
  discountType!: LineDiscountType | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  discountValue!: string | null;
  @ApiProperty({ enum: TAX_CLASSES })
  taxClass!: TaxClass;
  /** A fraction: 15 %. @example "0.1500" */
  taxRate!: string;
  /** After both discounts, before tax. @example "6000.00" */
  net!: string;
  /** @example "900.00" */
  tax!: string;
  /** @example "6900.00" */
  total!: string;
  @ApiProperty({ type: Object, example: {} })
  metadata!: Record<string, unknown>;
}

export class QuoteLinesDto {
  @ApiProperty({ type: () => [QuoteLineDto] })
  data!: QuoteLineDto[];
}

export class LineParams extends IdParam {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  @IsUUID('loose')
  lineId!: string;
}
