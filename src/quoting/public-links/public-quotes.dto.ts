import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Equals, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { LINE_DISCOUNTS, QUOTE_DISCOUNTS } from '../pricing/pricing.types.js';
import type { LineDiscountType, QuoteDiscountType } from '../pricing/pricing.types.js';
import { UNITS, type Unit } from '../rate-cards/rate-cards.types.js';
import { QUOTE_STATUSES, type QuoteStatus } from '../quotes/quote-states.js';
import { LINE_KINDS, type LineKind } from '../quotes/quotes.types.js';
import { QuotePreviewDto } from '../quotes/quote-answers.dto.js';

const MAX_NAME = 255;
const MAX_REASON = 1_000;
const MAX_VERSION = 2_147_483_647;

export class LinkParams {
  /** As it stands in the link. @example quo_AZLxwHs-fMKdQwpLfR5fYK2u... */
  @IsString()
  @MaxLength(255)
  token!: string;
}

export class AcceptByLinkDto {
  /** Who accepts. @example "Jane Doe" */
  @IsString()
  @Length(1, MAX_NAME)
  @Matches(/\S/, { message: 'name must not be blank' })
  name!: string;

  /** What they are, at the customer's. @example "Head of purchasing" */
  @IsString()
  @Length(1, MAX_NAME)
  role!: string;

  @Equals(true)
  @ApiProperty({ enum: [true] })
  termsAccepted!: true;

  /** Which one they were shown; 409 where the quote was changed meanwhile. @example 1 */
  @IsInt()
  @Min(1)
  @Max(MAX_VERSION)
  version!: number;
}

export class RejectByLinkDto {
  /** @example "Too expensive." */
  @IsString()
  @Length(1, MAX_REASON)
  reason!: string;
}

export class PublicLineDto {
  /** @example 1 */
  lineNumber!: number;
  @ApiProperty({ enum: LINE_KINDS })
  kind!: LineKind;
  @ApiProperty({ type: String, nullable: true, example: 'DEV-1' })
  sku!: string | null;
  /** @example "Senior development" */
  description!: string;
  /** @example "40.0000" */
  quantity!: string;
  @ApiProperty({ enum: UNITS })
  unit!: Unit;
  /** With tax, where the quote's prices include it. @example "150.0000" */
  unitPrice!: string;
  @ApiProperty({ enum: LINE_DISCOUNTS, nullable: true })
  discountType!: LineDiscountType | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  discountValue!: string | null;
  /** @example "0.1500" */
  taxRate!: string;
  /** @example "6000.00" */
  net!: string;
  /** @example "900.00" */
  tax!: string;
  /** @example "6900.00" */
  total!: string;
}

/** What a customer sees of a quote: no notes of the tenant's own, no costs, no metadata, and nobody who works on it. */
export class PublicQuoteDto extends OmitType(QuotePreviewDto, ['lines'] as const) {
  /** Who offers. @example "Acme Ltd" */
  seller!: string;
  /** To whom. @example "Beta Corporation" */
  customer!: string;
  /** @example Q-2026-0001 */
  number!: string;
  /** @example 1 */
  version!: number;
  @ApiProperty({ enum: QUOTE_STATUSES })
  status!: QuoteStatus;
  /** Whether it can be accepted or rejected now. @example true */
  canAnswer!: boolean;
  /** @example "Website redesign" */
  title!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  description!: string | null;
  /** @example 2026-12-31 */
  validUntil!: string;
  /** @example false */
  pricesIncludeTax!: boolean;
  @ApiProperty({ enum: QUOTE_DISCOUNTS, nullable: true })
  discountType!: QuoteDiscountType | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  discountValue!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  terms!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  notes!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  acceptedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  acceptedByName!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  acceptedByRole!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  rejectedAt!: string | null;
  @ApiProperty({ type: () => [PublicLineDto] })
  lines!: PublicLineDto[];
}
