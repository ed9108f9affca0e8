import { IsBoolean, IsString, Length, ValidateIf } from 'class-validator';
import { IsName } from '../names.js';

const MAX_NAME = 64;

export class CreateEnvironmentDto {
  /** @example production */
  @IsName()
  @Length(1, MAX_NAME)
  name!: string;

  /** Absent: the name. @example Production */
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Length(1, 128)
  displayName?: string;

  /** @example true */
  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  isProduction?: boolean;
}

/** A value sets, absence leaves. */
export class UpdateEnvironmentDto {
  /** @example Production */
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Length(1, 128)
  displayName?: string;

  /** @example true */
  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  isProduction?: boolean;
}

export class EnvironmentDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example production */
  name!: string;
  /** @example Production */
  displayName!: string;
  /** @example true */
  isProduction!: boolean;
  /** @example 2026-11-21T09:30:00.000Z */
  createdAt!: string;
  /** @example 2026-11-21T09:30:00.000Z */
  updatedAt!: string;
}
