import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { IsInstant, PageQuery } from '../../http/index.js';
import { ACTOR_TYPES, type ActorType } from '../actor.js';

const MAX_FILTER_LENGTH = 255;

/** Each filter narrows the list; a cursor goes with any of them, so they are repeated on each page. */
export class AuditLogQuery extends PageQuery {
  /** What was changed. @example api_key */
  @IsOptional()
  @IsString()
  @Length(1, MAX_FILTER_LENGTH)
  entityType?: string;

  /** Which one. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  @IsOptional()
  @IsString()
  @Length(1, MAX_FILTER_LENGTH)
  entityId?: string;

  @IsOptional()
  @IsIn(ACTOR_TYPES)
  @ApiProperty({ enum: ACTOR_TYPES, required: false })
  actorType?: ActorType;

  /** Who changed it. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  @IsOptional()
  @IsString()
  @Length(1, MAX_FILTER_LENGTH)
  actorId?: string;

  /** @example api_keys.revoke */
  @IsOptional()
  @IsString()
  @Length(1, MAX_FILTER_LENGTH)
  action?: string;

  /** RFC 3339: entries made then or later. @example 2026-11-01T00:00:00Z */
  @IsOptional()
  @IsInstant()
  from?: string;

  /** RFC 3339: entries made before then; later than `from`. @example 2026-12-01T00:00:00Z */
  @IsOptional()
  @IsInstant()
  to?: string;
}

/** One change. */
export class AuditEntryDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** `operator`: somebody of the platform, acting on your tenant. */
  @ApiProperty({ enum: ACTOR_TYPES })
  actorType!: ActorType;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  actorId!: string;
  /** @example api_keys.revoke */
  action!: string;
  /** @example api_key */
  entityType!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  entityId!: string;
  @ApiProperty({ type: String, nullable: true, example: 'Invoice 2026-114 unpaid for 60 days' })
  reason!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '5b0c9f3e-52a7-4d3c-a7f0-2d9e1b8c4f11' })
  requestId!: string | null;
  /** Null where an operator acted. */
  @ApiProperty({ type: String, nullable: true, example: '203.0.113.7' })
  ip!: string | null;
  @ApiProperty({ type: Object, nullable: true, example: { name: 'Acme' } })
  oldValues!: Record<string, unknown> | null;
  @ApiProperty({ type: Object, nullable: true, example: { name: 'Acme Ltd' } })
  newValues!: Record<string, unknown> | null;
}
