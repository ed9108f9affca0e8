import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';

const HOST_PATTERN = /^(?!-)[A-Za-z0-9._:-]{1,253}$/;
const URL_MAX_LENGTH = 2_048;
const PATH_MAX_LENGTH = 4_096;

/** A decimal integer; `0x10`, `1e3`, `10abc`, ` 10` and the empty string are errors, not numbers. */
export function WholeNumber(min: number, max: number): PropertyDecorator {
  const message = `must be a whole number from ${min} to ${max}`;
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => toInteger(value)),
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  );
}

export function OptionalWholeNumber(min: number, max: number): PropertyDecorator {
  return applyDecorators(IsOptional(), WholeNumber(min, max));
}

/** Exactly `true` or `false`. */
export function Switch(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => toBoolean(value)),
    IsBoolean({ message: 'must be true or false' }),
  );
}

export function OptionalSwitch(): PropertyDecorator {
  return applyDecorators(IsOptional(), Switch());
}

export function OneOf(values: readonly string[]): PropertyDecorator {
  return IsIn(values, { message: `must be one of ${values.join(', ')}` });
}

export function Host(): PropertyDecorator {
  return Matches(HOST_PATTERN, { message: 'must be an IP address or a host name to listen on' });
}

/** Only the length is checked here: what the URL says is judged by `database-url.ts`, which knows the environment. */
export function OptionalDatabaseUrl(): PropertyDecorator {
  const message = `must not be longer than ${URL_MAX_LENGTH} characters`;
  return applyDecorators(IsOptional(), MaxLength(URL_MAX_LENGTH, { message }));
}

export function OptionalPath(): PropertyDecorator {
  const message = `must be the path of a file, at most ${PATH_MAX_LENGTH} characters`;
  return applyDecorators(IsOptional(), MaxLength(PATH_MAX_LENGTH, { message }));
}

// NaN rather than the text: comparisons between variables are then false instead of comparing strings.
function toInteger(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
}

function toBoolean(value: unknown): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}
