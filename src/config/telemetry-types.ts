import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsNumber, IsObject, IsOptional, Matches } from 'class-validator';

/** Enough that nobody guesses it, and nothing that a header cannot carry. */
const TOKEN = /^[\x21-\x7e]{16,512}$/;
/** Without user info, which would end up in logs. */
const HTTP_URL = /^https?:\/\/[^\s@?#]{1,2000}$/;
const HEADER = /^\s*([\w-]{1,100})=([\x20-\x7e]{1,4000})$/;
const RATIO = /^(0|1|0?\.\d{1,9}|1\.0{1,9})$/;

export function OptionalToken(): PropertyDecorator {
  const message = 'must have 16 to 512 printable ASCII characters, without spaces';
  return applyDecorators(IsOptional(), Matches(TOKEN, { message }));
}

export function OptionalHttpUrl(): PropertyDecorator {
  const message = 'must be a URL of the form http://host:port, without user, query and fragment';
  return applyDecorators(IsOptional(), Matches(HTTP_URL, { message }));
}

/** `name=value,name=value`, values percent-encoded. https://www.w3.org/TR/baggage/#header-content */
export function OptionalHeaders(): PropertyDecorator {
  const message = 'must be of the form name=value,name=value';
  return applyDecorators(
    IsOptional(),
    Transform(({ value }: { value: unknown }) => toHeaders(value)),
    IsObject({ message }),
  );
}

export function ServiceName(): PropertyDecorator {
  return Matches(/^[\w.-]{1,100}$/, { message: 'must consist of letters, digits and . _ -' });
}

export function Ratio(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (RATIO.test(String(value)) ? Number(value) : NaN)),
    IsNumber({}, { message: 'must be a number from 0 to 1' }),
  );
}

function toHeaders(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const headers: Record<string, string> = {};
  for (const part of value.split(',')) {
    const [, name, text] = HEADER.exec(part) ?? [];
    if (name === undefined || text === undefined) return NaN;
    try {
      headers[name] = decodeURIComponent(text.trim());
    } catch {
      return NaN;
    }
  }
  return headers;
}
