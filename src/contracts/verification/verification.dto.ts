import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { IsStorableJson, MaxJsonBytes, Nested, PageQuery } from '../../http/index.js';
import type { Message } from '../interactions/canonical.js';
import { IsName, IsVersion } from '../names.js';
import { OUTCOMES, type Outcome } from './outcome.js';
import { TASK_STATUSES } from './verification.schema.js';
import type { SnapshotItem } from './verification.types.js';

const MAX_RESULTS = 100;
const MAX_ERROR = 4_000;
/** As much as a recorded response may hold. */
const MAX_RESPONSE_BYTES = 256 * 1024;

export class TasksQuery extends PageQuery {
  @IsOptional()
  @IsName()
  provider?: string;

  @IsOptional()
  @IsName()
  consumer?: string;

  @IsOptional()
  @IsName()
  environment?: string;

  @IsOptional()
  @IsIn(TASK_STATUSES)
  @ApiProperty({ enum: TASK_STATUSES, required: false })
  status?: (typeof TASK_STATUSES)[number];
}

export class ResultsQuery extends PageQuery {
  @IsOptional()
  @IsName()
  provider?: string;

  @IsOptional()
  @IsName()
  consumer?: string;

  /** `results`: with what was found of each interaction. */
  @IsOptional()
  @IsIn(['results'])
  @ApiProperty({ enum: ['results'], required: false })
  include?: 'results';
}

export class InteractionResultDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  @IsUUID('loose')
  interactionId!: string;

  /** @example true */
  @IsBoolean()
  success!: boolean;

  /** What went wrong, for people. @example "expected 200, got 500" */
  @IsOptional()
  @IsString()
  @MaxLength(MAX_ERROR)
  error?: string;

  @IsOptional()
  @IsObject()
  @MaxJsonBytes(MAX_RESPONSE_BYTES)
  @IsStorableJson()
  @ApiProperty({ type: Object, required: false, example: { status: 500 } })
  actualResponse?: Message;
}

export class SubmitResultsDto {
  /** @example 2.1.0 */
  @IsVersion()
  providerVersion!: string;

  @IsArray()
  @ArrayMaxSize(MAX_RESULTS)
  @Nested(() => InteractionResultDto)
  results!: InteractionResultDto[];
}

/** One consumer version, one provider version, one environment. */
export class TaskDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example orders */
  provider!: string;
  /** @example 2.1.0 */
  providerVersion!: string;
  /** @example web */
  consumer!: string;
  /** @example 1.4.2 */
  consumerVersion!: string;
  /** @example production */
  environment!: string;
  @ApiProperty({ enum: TASK_STATUSES })
  status!: (typeof TASK_STATUSES)[number];
  /** How many interactions there are to verify. @example 12 */
  interactionCount!: number;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}

export class SnapshotItemDto implements SnapshotItem {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example "GET /orders/{id}" */
  operation!: string;
  @ApiProperty({ type: Object, example: { method: 'GET', path: '/orders/1' } })
  request!: Message;
  @ApiProperty({ type: Object, example: { status: 200, body: { id: 1 } } })
  response!: Message;
}

export class TaskDetailDto extends TaskDto {
  @ApiProperty({ type: [SnapshotItemDto] })
  interactions!: SnapshotItemDto[];
}

export class ResultDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f61 */
  taskId!: string;
  /** @example orders */
  provider!: string;
  /** @example 2.1.0 */
  providerVersion!: string;
  /** @example web */
  consumer!: string;
  /** @example 1.4.2 */
  consumerVersion!: string;
  @ApiProperty({ enum: OUTCOMES })
  outcome!: Outcome;
  /** @example true */
  passed!: boolean;
  /** @example 2026-11-21T09:30:00.000Z */
  submittedAt!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f62 */
  submittedBy!: string;
  /** With `include=results`. */
  @ApiProperty({ type: [InteractionResultDto], required: false })
  results?: InteractionResultDto[];
}
