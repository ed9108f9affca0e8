import { ApiProperty } from '@nestjs/swagger';
import { IsString, IsUUID, Length } from 'class-validator';
import { IdParam } from '../../http/index.js';
import { OptionalText } from '../fields.js';

const MAX_REASON = 1_000;
const MAX_NAME = 255;

export class QuoteReasonDto {
  /** @example "The budget was cut." */
  @IsString()
  @Length(1, MAX_REASON)
  reason!: string;
}

export class SubmitQuoteDto {
  /** The user who is asked: a member of the tenant. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  @IsUUID('loose')
  approverId!: string;

  @OptionalText(MAX_REASON, 'Please look at the discount.')
  notes?: string | null;
}

export class ApproveDto {
  @OptionalText(MAX_REASON, 'Fine with me.')
  notes?: string | null;
}

export class AcceptQuoteDto {
  /** Who accepted, at the customer's; where they said so. */
  @OptionalText(MAX_NAME, 'Jane Doe')
  name?: string | null;

  @OptionalText(MAX_NAME, 'Head of purchasing')
  role?: string | null;
}

export class DeliveryDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** Shown once: the database keeps its digest only. @example quo_AZLxwHs-fMKdQwpLfR5fYK2u... */
  token!: string;
  /** What the customer opens, at this server. @example /v1/public/quotes/quo_AZLxwHs-fMKdQwpLfR5fYK2u... */
  path!: string;
  /** @example 2026-12-21T00:00:00.000Z */
  expiresAt!: string;
}

export class QuoteLinkDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example 2026-12-21T00:00:00.000Z */
  expiresAt!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  revokedAt!: string | null;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  createdBy!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
}

export class QuoteLinksDto {
  @ApiProperty({ type: () => [QuoteLinkDto] })
  data!: QuoteLinkDto[];
}

export class LinkOfQuoteParams extends IdParam {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  @IsUUID('loose')
  linkId!: string;
}
