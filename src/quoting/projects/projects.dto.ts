import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import type { Metadata, MetadataFilter } from '../../database/index.js';
import { IsDay, IsDecimal, IsMetadata, IsMetadataFilter, MayBeAbsent, PageQuery } from '../../http/index.js';
import { FORMATS } from '../../money/index.js';
import { IsCode, OptionalText } from '../fields.js';
import { IsSearch, IsSort } from '../lists.js';
import { PROJECT_STATUSES } from './projects.schema.js';

const MAX_NAME = 255;
const MAX_DESCRIPTION = 4_000;

export class ProjectsQuery extends PageQuery {
  /** In the code, or the name. @example website */
  @IsSearch()
  q?: string;

  /** The id of a customer. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  @IsOptional()
  @IsUUID('loose')
  customer?: string;

  @IsOptional()
  @IsIn(PROJECT_STATUSES)
  @ApiProperty({ enum: PROJECT_STATUSES, required: false })
  status?: (typeof PROJECT_STATUSES)[number];

  /** The id of a user. @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f62 */
  @IsOptional()
  @IsUUID('loose')
  owner?: string;

  @IsSort(['createdAt', 'code', 'name'])
  sort: string = '-createdAt';

  @IsOptional()
  @IsMetadataFilter()
  metadata?: MetadataFilter;
}

class ProjectFields {
  @OptionalText(MAX_DESCRIPTION, 'The shop in new clothes')
  description?: string | null;

  @MayBeAbsent()
  @IsIn(PROJECT_STATUSES)
  @ApiProperty({ enum: PROJECT_STATUSES, required: false })
  status?: (typeof PROJECT_STATUSES)[number];

  /** The id of a user who is a member. */
  @IsOptional()
  @IsUUID('loose')
  @ApiProperty({ type: String, nullable: true, required: false, example: null })
  ownerId?: string | null;

  @IsOptional()
  @IsDay()
  @ApiProperty({ type: String, nullable: true, required: false, example: '2026-12-01' })
  startsOn?: string | null;

  /** The last day; not before the first. */
  @IsOptional()
  @IsDay()
  @ApiProperty({ type: String, nullable: true, required: false, example: '2027-03-31' })
  endsOn?: string | null;

  @IsOptional()
  @IsDecimal(FORMATS.amount, { example: '25000.00', required: false, nullable: true })
  budget?: string | null;

  @MayBeAbsent()
  @IsMetadata()
  @ApiProperty({ type: Object, required: false, example: { board: 'web' } })
  metadata?: Metadata;
}

export class CreateProjectDto extends ProjectFields {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  @IsUUID('loose')
  customerId!: string;

  /** @example WEB */
  @IsCode()
  code!: string;

  /** @example "Website Redesign" */
  @IsString()
  @Length(1, MAX_NAME)
  name!: string;
}

/** A value sets, null clears, absence leaves. The customer stays: quotes are made out to it. */
export class UpdateProjectDto extends ProjectFields {
  /** @example WEB */
  @MayBeAbsent()
  @IsCode()
  code?: string;

  /** @example "Website Redesign" */
  @MayBeAbsent()
  @IsString()
  @Length(1, MAX_NAME)
  name?: string;
}

export class ProjectDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f63 */
  id!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  customerId!: string;
  /** @example WEB */
  code!: string;
  /** @example "Website Redesign" */
  name!: string;
  @ApiProperty({ type: String, nullable: true, example: 'The shop in new clothes' })
  description!: string | null;
  @ApiProperty({ enum: PROJECT_STATUSES })
  status!: (typeof PROJECT_STATUSES)[number];
  @ApiProperty({ type: String, nullable: true, example: null })
  ownerId!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '2026-12-01' })
  startsOn!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '2027-03-31' })
  endsOn!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '25000.00' })
  budget!: string | null;
  @ApiProperty({ type: Object, example: { board: 'web' } })
  metadata!: Metadata;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}
