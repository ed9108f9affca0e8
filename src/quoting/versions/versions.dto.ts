import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { IdParam } from '../../http/index.js';
import { QuoteLineDto } from '../quotes/quote-lines.dto.js';
import { QUOTE_STATUSES, type QuoteStatus } from '../quotes/quote-states.js';
import { QuoteDto } from '../quotes/quote-answers.dto.js';

const MAX_VERSION = 2_147_483_647;
const KINDS = ['quote_changed', 'line_changed', 'line_added', 'line_removed'] as const;

export class VersionParams extends IdParam {
  /** @example 1 */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_VERSION)
  n!: number;
}

export class DiffParams extends VersionParams {
  /** @example 2 */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_VERSION)
  m!: number;
}

export class VersionSummaryDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** From 1 on, without gaps. @example 1 */
  number!: number;
  /** The quote's when the version was made. */
  @ApiProperty({ enum: QUOTE_STATUSES })
  status!: QuoteStatus;
  /** Why it was made, where it was not a usual change. */
  @ApiProperty({ type: String, nullable: true, example: null })
  reason!: string | null;
  /** @example "6900.00" */
  totalAmount!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  createdBy!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
}

/** A line of a version; its id is the same from version to version. */
export class VersionLineDto extends OmitType(QuoteLineDto, ['id', 'metadata'] as const) {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  lineId!: string;
}

class VersionContentDto extends OmitType(QuoteDto, [
  'id',
  'number',
  'status',
  'approvedBy',
  'approvedAt',
  'sentAt',
  'viewedAt',
  'acceptedAt',
  'acceptedByName',
  'acceptedByRole',
  'rejectedAt',
  'reason',
  'version',
  'createdBy',
  'metadata',
  'lines',
  'taxes',
  'netAmount',
  'createdAt',
  'updatedAt',
] as const) {}

export class QuoteVersionDto extends VersionSummaryDto {
  /** What the quote said. */
  quote!: VersionContentDto;
  @ApiProperty({ type: () => [VersionLineDto] })
  lines!: VersionLineDto[];
}

/** One field that is another, or a line that came or went. */
export class DifferenceDto {
  @ApiProperty({ enum: KINDS })
  kind!: (typeof KINDS)[number];
  /** Of the quote, or of the line. */
  @ApiProperty({ type: String, required: false, example: 'quantity' })
  field?: string;
  @ApiProperty({ type: String, required: false, example: '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60' })
  lineId?: string;
  @ApiProperty({ type: Object, required: false, nullable: true, example: '40.0000' })
  before?: unknown;
  @ApiProperty({ type: Object, required: false, nullable: true, example: '41.0000' })
  after?: unknown;
  /** The line that came, or that went. */
  @ApiProperty({ type: () => VersionLineDto, required: false })
  line?: VersionLineDto;
}

export class DiffDto {
  /** @example 1 */
  from!: number;
  /** @example 2 */
  to!: number;
  /** What leads from the one to the other; none: they say the same. */
  @ApiProperty({ type: () => [DifferenceDto] })
  changes!: DifferenceDto[];
}
