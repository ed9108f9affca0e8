import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, ValidateBy } from 'class-validator';
import type { Metadata, MetadataFilter } from '../../database/index.js';
import { IsDay, IsDecimal, IsMetadata, IsMetadataFilter, MayBeAbsent, PageQuery } from '../../http/index.js';
import { FORMATS } from '../../money/index.js';
import { IsCurrencyCode, OptionalText } from '../fields.js';
import { IsSearch } from '../lists.js';
import { QUOTE_DISCOUNTS, type QuoteDiscountType } from '../pricing/pricing.types.js';
import type { QuoteLineInputDto } from './quote-line-input.dto.js';
import { IsLines } from './quote-lines.dto.js';
import { QUOTE_STATUSES, type QuoteStatus } from './quote-states.js';
import { QUOTE_TYPES, type QuoteType } from './quotes.types.js';

const MAX_TITLE = 255;
const MAX_TEXT = 10_000;

const IsMoreThanZero = () =>
  ValidateBy({
    name: 'isPositive',
    validator: {
      validate: (value: unknown) => Number(value) > 0,
      defaultMessage: (context) => `${context?.property} must be more than 0`,
    },
  });

export class QuotesQuery extends PageQuery {
  /** What the quotes are today: one whose validity is over is expired. */
  @IsOptional()
  @IsIn(QUOTE_STATUSES)
  @ApiProperty({ enum: QUOTE_STATUSES, required: false })
  status?: QuoteStatus;

  @IsOptional()
  @IsUUID('loose')
  customer?: string;

  @IsOptional()
  @IsUUID('loose')
  project?: string;

  /** In the number or the title. @example website */
  @IsSearch()
  q?: string;

  /** Valid from this day on, or from a later one. @example 2026-11-21 */
  @IsOptional()
  @IsDay()
  validFrom?: string;

  /** Valid until this day, or until an earlier one. @example 2026-12-31 */
  @IsOptional()
  @IsDay()
  validUntil?: string;

  /** The user or the API key. */
  @IsOptional()
  @IsUUID('loose')
  createdBy?: string;

  @IsOptional()
  @IsMetadataFilter()
  metadata?: MetadataFilter;
}

/** What a price depends on. */
class PricedDto {
  /** ISO 4217; the rate cards of this currency count. @example EUR */
  @IsCurrencyCode()
  currency!: string;

  /** The day whose rates and taxes count. Absent: today, in UTC. @example 2026-11-21 */
  @MayBeAbsent()
  @IsDay()
  validFrom?: string;

  @MayBeAbsent()
  @IsBoolean()
  @ApiProperty({ required: false, default: false })
  pricesIncludeTax?: boolean;

  /** Of the whole quote; each line may have its own beside it. */
  @IsOptional()
  @IsIn(QUOTE_DISCOUNTS)
  @ApiProperty({ enum: QUOTE_DISCOUNTS, nullable: true, required: false })
  discountType?: QuoteDiscountType | null;

  /** A fraction (10 % is `0.1`), or money. */
  @IsOptional()
  @IsDecimal(FORMATS.unitPrice, { example: '0.1', required: false, nullable: true })
  discountValue?: string | null;
}

export class PreviewQuoteDto extends PricedDto {
  @IsLines()
  lines!: QuoteLineInputDto[];
}

class QuoteHeadDto extends PricedDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  @IsUUID('loose')
  customerId!: string;

  /** One of the customer's. */
  @IsOptional()
  @IsUUID('loose')
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false, example: null })
  projectId?: string | null;

  /** @example "Website redesign" */
  @IsString()
  @Length(1, MAX_TITLE)
  title!: string;

  @OptionalText(MAX_TEXT, 'What we will do, and what not.')
  description?: string | null;

  @MayBeAbsent()
  @IsIn(QUOTE_TYPES)
  @ApiProperty({ enum: QUOTE_TYPES, required: false, default: 'fixed_price' })
  type?: QuoteType;

  /** The last day on which it can be accepted, in UTC. @example 2026-12-31 */
  @IsDay()
  validUntil!: string;

  /** What a unit of the currency is worth in the tenant's own. */
  @MayBeAbsent()
  @IsDecimal(FORMATS.exchangeRate, { example: '1', required: false })
  @IsMoreThanZero()
  exchangeRate?: string;

  @OptionalText(MAX_TEXT, 'Payable within 30 days.')
  terms?: string | null;

  @OptionalText(MAX_TEXT, 'Thank you for asking us.')
  notes?: string | null;

  /** Customers never see them. */
  @OptionalText(MAX_TEXT, 'They have a budget of 8,000.')
  internalNotes?: string | null;

  @MayBeAbsent()
  @IsMetadata()
  metadata?: Metadata;
}

export class CreateQuoteDto extends QuoteHeadDto {
  @MayBeAbsent()
  @IsLines()
  lines?: QuoteLineInputDto[];
}

/** A value sets, null clears, absence leaves. The currency of a quote that has lines stays. */
export class UpdateQuoteDto extends PartialType(QuoteHeadDto, { skipNullProperties: false }) {}
