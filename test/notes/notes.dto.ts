import { IsBoolean, IsOptional, IsString, Length, ValidateIf } from 'class-validator';
import type { Metadata, MetadataFilter } from '../../src/database/index.js';
import { IsMetadata, IsMetadataFilter, PageQuery } from '../../src/http/index.js';

export class ListNotesQuery extends PageQuery {
  @IsOptional()
  @IsMetadataFilter()
  metadata?: MetadataFilter;
}

export class CreateNoteDto {
  @IsString()
  @Length(1, 200)
  title!: string;

  @IsOptional()
  @IsString()
  @Length(0, 10_000)
  body?: string;

  @ValidateIf((_, value) => value !== undefined)
  @IsMetadata()
  metadata?: Metadata;
}

/** A value sets, absence leaves. */
export class UpdateNoteDto {
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Length(1, 200)
  title?: string;

  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Length(0, 10_000)
  body?: string;

  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  isDone?: boolean;

  @ValidateIf((_, value) => value !== undefined)
  @IsMetadata()
  metadata?: Metadata;
}
