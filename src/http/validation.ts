import { type ArgumentMetadata, type ValidationError, ValidationPipe } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsUUID, ValidateBy, ValidateIf, isISO8601, isRFC3339 } from 'class-validator';
import { fieldErrors } from './field-errors.js';
import { httpProblems } from './http.problems.js';
import { FORBIDDEN_KEY } from './metadata.js';
import type { FieldError } from './problem.js';

/** Types, lengths, formats; unknown fields are refused; all problems of a request in one answer. */
export const validationPipe = () => new RequestValidationPipe();

class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      validationError: { target: false },
      exceptionFactory: (errors) => new Invalid(errors),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const part = metadata.type === 'query' ? 'query parameter' : 'field';
      throw refusal(error.errors.flatMap((each) => fieldErrors(each, part)));
    }
  }
}

/** On its way from Nest's pipe to ours, which knows what part of the request it was. */
class Invalid extends Error {
  constructor(readonly errors: ValidationError[]) {
    super('Invalid');
  }
}

/** Of a body or a query with these faults. */
export const refusal = (errors: FieldError[]) =>
  errors.some(({ code }) => code === FORBIDDEN_KEY)
    ? httpProblems.metadataForbiddenKey(errors)
    : httpProblems.validationFailed(errors);

/** `:id` of a path. */
export class IdParam {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  @IsUUID('loose') // the system tenant's id has no version
  id!: string;
}

/** The field can be left out; null is no way to do so. */
export const MayBeAbsent = () => ValidateIf((_, value) => value !== undefined);

/** Limits a free-form JSON value by the bytes of its text. */
export const MaxJsonBytes = (maxBytes: number) =>
  ValidateBy({
    name: 'maxJsonBytes',
    constraints: [maxBytes],
    validator: {
      validate: (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '') <= maxBytes,
      defaultMessage: (context) => `${context?.property} must be at most ${maxBytes} bytes of JSON`,
    },
  });

/** PostgreSQL stores neither NUL characters nor halves of surrogate pairs, which JSON text escapes. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** Refuses in its field what the database would refuse in the whole request. */
export const IsStorableJson = () =>
  ValidateBy({
    name: 'isStorableJson',
    validator: {
      validate: (value: unknown) => !UNSTORABLE.test(JSON.stringify(value) ?? ''),
      defaultMessage: (context) =>
        `${context?.property} must not hold NUL characters or halves of surrogate pairs`,
    },
  });

/** Above `@IsEmail()`: it throws on half of a surrogate pair, and refuses the U+FFFD that this makes of one. */
export const WellFormed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toWellFormed() : value));

/** As class-validator's `ArrayUnique`, which compares each with each: ten seconds for the numbers that 1 MB holds. */
export const HasNoDuplicates = () =>
  ValidateBy({
    name: 'arrayUnique',
    validator: {
      validate: (value: unknown) => Array.isArray(value) && new Set(value).size === value.length,
      defaultMessage: (context) => `All ${context?.property}'s elements must be unique`,
    },
  });

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

/** A point in time, RFC 3339: with its offset, on a day that the calendar has. */
export const IsInstant = () =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: (value: unknown) =>
        isRFC3339(value) && isISO8601(value, { strict: true }) && isInCalendar(new Date(value as string)),
      defaultMessage: (context) =>
        `${context?.property} must be an RFC 3339 time with its offset, such as 2026-11-21T09:30:00Z`,
    },
  });

/** PostgreSQL has no year 0, and RFC 3339 no year 10000, which an offset can lead to. */
const isInCalendar = (date: Date) => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9_999;

/** Of an instant: not over yet. */
export const IsInFuture = () =>
  ValidateBy({
    name: 'isInFuture',
    validator: {
      validate: (value: unknown) => !(Date.parse(String(value)) <= Date.now()),
      defaultMessage: (context) => `${context?.property} must be in the future`,
    },
  });
