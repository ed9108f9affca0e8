import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches } from 'class-validator';

const MAX_CODE = 64;

/** Text that can be left out, or cleared with null. */
export const OptionalText = (maxLength: number, example: string) =>
  applyDecorators(
    IsOptional(),
    IsString(),
    Length(1, maxLength),
    ApiProperty({ type: String, nullable: true, required: false, example }),
  );

/** What people call a thing in lists and files: no spaces, no control characters; up to 64 characters. */
export const IsCode = () =>
  applyDecorators(
    IsString(),
    Length(1, MAX_CODE),
    Matches(/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u, {
      message:
        '$property must begin with a letter or digit and hold only letters, digits, ".", "_", "/" and "-"',
    }),
  );

/** Three capital letters, as ISO 4217 has them. */
export const IsCurrencyCode = () =>
  Matches(/^[A-Z]{3}$/, { message: '$property must be three capital letters, such as EUR' });
