import { ApiProperty, PartialType } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import { IsUUID } from 'class-validator';
import { IdParam, JudgedBy, type Reader } from '../../http/index.js';
import { LINE_DISCOUNTS, type LineDiscountType } from '../pricing/pricing.types.js';
import { RATE_SOURCES, type RateSource, UNITS, type Unit } from '../rate-cards/rate-cards.types.js';
import { TAX_CLASSES, type TaxClass } from '../tax-rates/tax-rate-on.js';
import { judgeLine, judgeLines } from './line-rules.js';
import { LINE_KINDS, type LineKind } from './quotes.types.js';

/** One line, as it is asked for; `line-rules.ts` has the rules. What is not said comes from the item that is found for it. */
export class QuoteLineInputDto {
  @ApiProperty({ enum: LINE_KINDS, required: false, default: 'service' })
  kind?: LineKind;

  @ApiProperty({ type: String, nullable: true, required: false, maxLength: 64, example: 'DEV-1' })
  sku?: string | null;

  /** A rate is also found by it, where it is exactly an item's name. */
  @ApiProperty({ minLength: 1, maxLength: 4_000, example: 'Senior development' })
  description!: string;

  /** Of an item of a rate card. */
  @ApiProperty({ type: String, nullable: true, required: false, maxLength: 64, example: 'DEV-SENIOR' })
  itemCode?: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false, example: null })
  serviceCategoryId?: string | null;

  /** More than 0; at most 4 decimal places. */
  @ApiProperty({ example: '40' })
  quantity!: string;

  /** Absent: the item's. */
  @ApiProperty({ enum: UNITS, required: false })
  unit?: Unit;

  /** Overrides the rate cards, for which it takes the scope `quotes:override-price`. */
  @ApiProperty({ type: String, nullable: true, required: false, example: '150' })
  unitPrice?: string | null;

  /** What a unit costs the tenant; customers never see it. Absent: the item's. */
  @ApiProperty({ type: String, nullable: true, required: false, example: '90' })
  unitCost?: string | null;

  @ApiProperty({ enum: LINE_DISCOUNTS, nullable: true, required: false })
  discountType?: LineDiscountType | null;

  /** A fraction (10 % is `0.1`), money, or money per unit. */
  @ApiProperty({ type: String, nullable: true, required: false, example: '0.1' })
  discountValue?: string | null;

  /** Absent: the item's, or `standard`. */
  @ApiProperty({ enum: TAX_CLASSES, required: false })
  taxClass?: TaxClass;

  @ApiProperty({
    type: Object,
    required: false,
    example: { source: { system: 'import' } },
  })
  metadata?: Record<string, unknown>;
}

/** A value sets, null clears, absence leaves. `unitPrice: null` takes the price from the rate cards again. */
export class UpdateQuoteLineDto extends PartialType(QuoteLineInputDto) {}

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
