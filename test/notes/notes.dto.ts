import { IsBoolean, IsOptional, IsString, Length, ValidateIf } from 'class-validator';

export class CreateNoteDto {
  @IsString()
  @Length(1, 200)
  title!: string;

  @IsOptional()
  @IsString()
  @Length(0, 10_000)
  body?: string;
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
}
