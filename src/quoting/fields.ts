import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length, Matches, ValidateBy, ValidateIf, isISO8601 } from 'class-validator';

const MAX_CODE = 64;

/** The field can be left out; null is no way to do so. */
export const MayBeAbsent = () => ValidateIf((_, value) => value !== undefined);

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

/** A day of the calendar, `2026-11-21`. */
export const IsDay = () =>
  ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isDay(value),
      defaultMessage: (context) => `${context?.property} must be a day of the calendar, such as 2026-11-21`,
    },
  });

/** PostgreSQL has no year 0. */
const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !text.startsWith('0000') && isISO8601(text, { strict: true });

/** Three capital letters, as ISO 4217 has them. */
export const IsCurrencyCode = () =>
  Matches(/^[A-Z]{3}$/, { message: '$property must be three capital letters, such as EUR' });
