import { isIPv4, isIPv6 } from 'node:net';
import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUrl,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
} from 'class-validator';

const ORIGIN_PATTERN = /^https?:\/\/[\w.:[\]-]+$/;
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

/** `ip[:port]`, separated by commas; IPv6 with a port in brackets. */
export function OptionalServers(): PropertyDecorator {
  const servers = {
    name: 'servers',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && value.split(',').every(isServer),
      defaultMessage: () => 'must be IP addresses with or without a port, separated by commas',
    },
  };
  return applyDecorators(IsOptional(), ValidateBy(servers));
}

function isServer(text: string): boolean {
  const [, v6, v4, port] = /^(?:\[([^\]]+)\]|([\d.]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const isAddress = isIPv6(v6 ?? text) || isIPv4(v4 ?? '');
  return isAddress && (port === undefined || (Number(port) >= 1 && Number(port) <= 65_535));
}

export function Text(maxLength: number): PropertyDecorator {
  return Length(1, maxLength, { message: `must be 1 to ${maxLength} characters` });
}

export function OptionalText(maxLength: number): PropertyDecorator {
  return applyDecorators(IsOptional(), Text(maxLength));
}

/** A URL of one of these schemes, with a host; no trailing slash is needed. */
export function Url(protocols: string[]): PropertyDecorator {
  const message = `must be a URL: ${protocols.map((protocol) => `${protocol}://...`).join(' or ')}`;
  const options = { protocols, require_protocol: true, require_tld: false };
  return applyDecorators(IsUrl(options, { message }), MaxLength(URL_MAX_LENGTH, { message }));
}

export function OptionalUrl(protocols: string[]): PropertyDecorator {
  return applyDecorators(IsOptional(), Url(protocols));
}
/** A comma-separated list of exact origins; a path, a wildcard or a stray space would never match what browsers send. */
export function OptionalOrigins(): PropertyDecorator {
  const message = 'must be a list of origins as in https://app.example.com,https://admin.example.com';
  return applyDecorators(
    IsOptional(),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value)),
    ValidateBy({ name: 'origins', validator: { validate: areOrigins } }, { message }),
  );
}

const areOrigins = (value: unknown) =>
  Array.isArray(value) &&
  value.every((text: string) => ORIGIN_PATTERN.test(text) && URL.parse(text)?.origin === text);

// NaN rather than the text: comparisons between variables are then false instead of comparing strings.
function toInteger(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
}

function toBoolean(value: unknown): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}
