import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../../http/index.js';
import { SubmitQuoteDto } from '../quotes/quote-actions.dto.js';
import { APPROVAL_STATUSES, APPROVAL_SUBJECTS } from './approval-requests.schema.js';

type Status = (typeof APPROVAL_STATUSES)[number];
type Subject = (typeof APPROVAL_SUBJECTS)[number];

export class ApprovalsQuery extends PageQuery {
  @IsOptional()
  @IsIn(APPROVAL_STATUSES)
  @ApiProperty({ enum: APPROVAL_STATUSES, required: false })
  status?: Status;

  /** The user who was asked. */
  @IsOptional()
  @IsUUID('loose')
  approver?: string;

  /** The quote. */
  @IsOptional()
  @IsUUID('loose')
  subject?: string;
}

export class RequestApprovalDto extends SubmitQuoteDto {
  @IsIn(APPROVAL_SUBJECTS)
  @ApiProperty({ enum: APPROVAL_SUBJECTS })
  subjectType!: Subject;

  /** The quote's id. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  @IsUUID('loose')
  subjectId!: string;
}

export class ApprovalDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  @ApiProperty({ enum: APPROVAL_SUBJECTS })
  subjectType!: Subject;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  subjectId!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  approverId!: string;
  @ApiProperty({ enum: APPROVAL_STATUSES })
  status!: Status;
  /** Why it was rejected or cancelled. */
  @ApiProperty({ type: String, nullable: true, example: null })
  reason!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  notes!: string | null;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  requestedBy!: string;
  @ApiProperty({ type: String, nullable: true, example: null })
  decidedBy!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  decidedAt!: string | null;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}
