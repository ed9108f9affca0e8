import { ApiProperty, PartialType } from '@nestjs/swagger';
import { LINE_DISCOUNTS, type LineDiscountType } from '../pricing/pricing.types.js';
import { UNITS, type Unit } from '../rate-cards/rate-cards.types.js';
import { TAX_CLASSES, type TaxClass } from '../tax-rates/tax-rate-on.js';
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
