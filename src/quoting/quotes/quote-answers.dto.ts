import { ApiProperty, OmitType } from '@nestjs/swagger';
import type { Metadata } from '../../database/index.js';
import { QUOTE_DISCOUNTS, type QuoteDiscountType } from '../pricing/pricing.types.js';
import { QuoteLineDto } from './quote-lines.dto.js';
import { QUOTE_STATUSES, type QuoteStatus } from './quote-states.js';
import { QUOTE_TYPES, type QuoteType } from './quotes.types.js';

export class QuoteSummaryDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example Q-2026-0001 */
  number!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  customerId!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  projectId!: string | null;
  /** @example "Website redesign" */
  title!: string;
  @ApiProperty({ enum: QUOTE_TYPES })
  type!: QuoteType;
  /** What it is today. */
  @ApiProperty({ enum: QUOTE_STATUSES })
  status!: QuoteStatus;
  /** @example 2026-11-21 */
  validFrom!: string;
  /** @example 2026-12-31 */
  validUntil!: string;
  /** @example EUR */
  currency!: string;
  /** After all discounts, with tax. @example "6900.00" */
  totalAmount!: string;
  /** The number of its newest version. @example 1 */
  version!: number;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  createdBy!: string;
  @ApiProperty({ type: Object, example: {} })
  metadata!: Metadata;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}

export class TaxDto {
  /** @example "0.1500" */
  taxRate!: string;
  /** What there is to tax. @example "6000.00" */
  net!: string;
  /** @example "900.00" */
  tax!: string;
}

/** The figures of a quote, with two places, in its currency. */
class FiguresDto {
  /** The lines after their own discounts, before the quote's. @example "6000.00" */
  subtotal!: string;
  /** The quote's own discount. @example "0.00" */
  discountAmount!: string;
  /** `subtotal` without `discountAmount`. @example "6000.00" */
  netAmount!: string;
  /** @example "900.00" */
  taxAmount!: string;
  /** @example "6900.00" */
  totalAmount!: string;
  /** By rate, the highest first. */
  @ApiProperty({ type: () => [TaxDto] })
  taxes!: TaxDto[];
}

export class PreviewLineDto extends OmitType(QuoteLineDto, ['id'] as const) {}

export class QuotePreviewDto extends FiguresDto {
  /** @example EUR */
  currency!: string;
  /** @example 2026-11-21 */
  validFrom!: string;
  @ApiProperty({ type: () => [PreviewLineDto] })
  lines!: PreviewLineDto[];
}

export class QuoteDto extends FiguresDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example Q-2026-0001 */
  number!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  customerId!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  projectId!: string | null;
  /** @example "Website redesign" */
  title!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  description!: string | null;
  @ApiProperty({ enum: QUOTE_TYPES })
  type!: QuoteType;
  /** What it is today. */
  @ApiProperty({ enum: QUOTE_STATUSES })
  status!: QuoteStatus;
  /** @example 2026-11-21 */
  validFrom!: string;
  /** @example 2026-12-31 */
  validUntil!: string;
  /** @example EUR */
  currency!: string;
  /** @example "1.000000" */
  exchangeRate!: string;
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
  internalNotes!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  approvedBy!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  approvedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  sentAt!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  viewedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  acceptedAt!: string | null;
  /** Who accepted, as they called themselves. */
  @ApiProperty({ type: String, nullable: true, example: null })
  acceptedByName!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  acceptedByRole!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  rejectedAt!: string | null;
  /** Why it was rejected or cancelled. */
  @ApiProperty({ type: String, nullable: true, example: null })
  reason!: string | null;
  /** The number of its newest version. @example 1 */
  version!: number;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  createdBy!: string;
  @ApiProperty({ type: Object, example: {} })
  metadata!: Metadata;
  /** In the order of their numbers. */
  @ApiProperty({ type: () => [QuoteLineDto] })
  lines!: QuoteLineDto[];
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}
