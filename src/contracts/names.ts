import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';

/** What stands in a path and in a badge: no slash, no space, no control character. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;
const MAX_NAME = 128;
const MAX_VERSION = 128;

/** The name of a service or an environment: letters, digits, `.`, `_`, `-`; up to 128 characters. */
export const IsName = () =>
  applyDecorators(
    IsString(),
    Length(1, MAX_NAME),
    Matches(NAME, {
      message: '$property must begin with a letter or digit and hold only letters, digits, ".", "_" and "-"',
    }),
  );

/** What PostgreSQL stores, and a terminal shows, as it was sent: no control character, no half of a surrogate pair. */
const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}]+$/u;
const MAX_OPERATION = 500;

/** Of an API: for HTTP the method and the path template; up to 500 characters. */
export const IsOperation = () =>
  applyDecorators(
    IsString(),
    Length(1, MAX_OPERATION),
    Matches(PLAIN_TEXT, { message: '$property must not hold control characters' }),
  );

/** A version: a semantic one, or any text without control characters; up to 128 characters. */
export const IsVersion = () =>
  applyDecorators(
    IsString(),
    Length(1, MAX_VERSION),
    Matches(PLAIN_TEXT, { message: '$property must not hold control characters' }),
  );

/** `:name` of a path. */
export class NameParam {
  @IsName()
  @ApiProperty({ example: 'web' })
  name!: string;
}
