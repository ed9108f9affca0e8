import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { IsInstant, IsStorableJson, MaxJsonBytes, PageQuery } from '../../http/index.js';
import { IsName, IsOperation, IsVersion } from '../names.js';
import { Violation } from '../specs/violation.js';
import type { Message } from './canonical.js';

const MAX_MESSAGE_BYTES = 256 * 1024;
const MAX_CLIENT_INFO_BYTES = 4 * 1024;
const MAX_DURATION_MS = 3_600_000;
const MAX_BATCH = 500;
/** The other routes take 1 MB, which is 2 KB for each of 500. */
export const MAX_BATCH_BYTES = 4 * 1024 * 1024;

export class RecordInteractionDto {
  /** The provider; registered if it is not known. @example orders */
  @IsName()
  service!: string;

  /** Of the provider, where the recording knows it. @example 2.1.0 */
  @ValidateIf((_, value) => value !== undefined)
  @IsVersion()
  serviceVersion?: string;

  /** Registered if it is not known. @example web */
  @IsName()
  consumer!: string;

  /** @example 1.4.2 */
  @IsVersion()
  consumerVersion!: string;

  /** Where it was recorded. @example test */
  @IsName()
  environment!: string;

  /** For HTTP the method and the path of the specification. @example "GET /orders/{id}" */
  @IsOperation()
  operation!: string;

  /** Of headers that hold credentials, and of cookies, the values are not kept. */
  @IsObject()
  @MaxJsonBytes(MAX_MESSAGE_BYTES)
  @IsStorableJson()
  @ApiProperty({
    type: Object,
    example: { method: 'GET', path: '/orders/1', headers: { accept: 'application/json' } },
  })
  request!: Message;

  @IsObject()
  @MaxJsonBytes(MAX_MESSAGE_BYTES)
  @IsStorableJson()
  @ApiProperty({ type: Object, example: { status: 200, body: { id: 1, total: 12.5 } } })
  response!: Message;

  /** When it happened; absent: now. @example 2026-11-21T09:30:00Z */
  @IsOptional()
  @IsInstant()
  timestamp?: string;

  /** Milliseconds. @example 12 */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_DURATION_MS)
  duration?: number;

  @IsOptional()
  @IsObject()
  @MaxJsonBytes(MAX_CLIENT_INFO_BYTES)
  @IsStorableJson()
  @ApiProperty({ type: Object, required: false, example: { library: 'jest', version: '30.5.2' } })
  clientInfo?: Record<string, unknown>;
}

export class RecordBatchDto {
  /** Each has its own outcome: one that is not valid keeps none of the others out. */
  @IsArray()
  @ArrayMaxSize(MAX_BATCH)
  @ApiProperty({ type: [RecordInteractionDto] })
  interactions!: unknown[];
}

export class StrictQuery {
  /** true: an interaction that contradicts the provider's specification is refused instead of noted. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  strict = false;
}

export class InteractionsQuery extends PageQuery {
  @IsOptional()
  @IsName()
  provider?: string;

  @IsOptional()
  @IsName()
  consumer?: string;

  @IsOptional()
  @IsVersion()
  consumerVersion?: string;

  @IsOptional()
  @IsName()
  environment?: string;

  @IsOptional()
  @IsOperation()
  operation?: string;

  /** `messages`: with request and response. */
  @IsOptional()
  @IsIn(['messages'])
  @ApiProperty({ enum: ['messages'], required: false })
  include?: 'messages';
}

export class InteractionSummaryDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example orders */
  service!: string;
  @ApiProperty({ type: String, nullable: true, example: '2.1.0' })
  serviceVersion!: string | null;
  /** @example web */
  consumer!: string;
  /** @example 1.4.2 */
  consumerVersion!: string;
  /** @example test */
  environment!: string;
  /** @example "GET /orders/{id}" */
  operation!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  timestamp!: string;
  @ApiProperty({ type: Number, nullable: true, example: 12 })
  duration!: number | null;
  /** null: the provider had no specification to check it against. */
  @ApiProperty({ type: [Violation], nullable: true, example: [] })
  violations!: Violation[] | null;
}

export class InteractionDto extends InteractionSummaryDto {
  @ApiProperty({ type: Object, example: { method: 'GET', path: '/orders/1' } })
  request!: Message;
  @ApiProperty({ type: Object, example: { status: 200, body: { id: 1, total: 12.5 } } })
  response!: Message;
  @ApiProperty({ type: Object, nullable: true, example: null })
  clientInfo!: Record<string, unknown> | null;
}

export const OUTCOMES = ['recorded', 'duplicate', 'refused', 'invalid'] as const;

export class RecordingDto {
  /** `refused`: contradicts the specification, in strict mode. `invalid`: see `errors`. */
  @ApiProperty({ enum: OUTCOMES })
  outcome!: (typeof OUTCOMES)[number];
  /** Of the stored interaction. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id?: string;
  @ApiProperty({ type: [Violation], required: false })
  violations?: Violation[];
  @ApiProperty({ type: [Violation], required: false })
  errors?: Violation[];
}

export class BatchDto {
  /** One per interaction, in the order they were sent. */
  @ApiProperty({ type: [RecordingDto] })
  results!: RecordingDto[];
  /** How many of each outcome. */
  @ApiProperty({ type: Object, example: { recorded: 3, duplicate: 1, refused: 0, invalid: 0 } })
  summary!: Record<(typeof OUTCOMES)[number], number>;
}
