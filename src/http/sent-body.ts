import 'reflect-metadata';
import { type ExecutionContext, type Type, applyDecorators, createParamDecorator } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { ValidateNested, validateSync } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { fieldErrors } from './field-errors.js';
import type { FieldError } from './problem.js';
import { refusal } from './validation.js';

const NESTED = 'rowhouse:nested';

type Nested = Record<string, () => Type<object>>;

/**
 * The body as `type`, validated, with every free-form value in it exactly as it was sent. For bodies that carry other
 * people's JSON: Nest's pipe deletes keys named `constructor` and `prototype` at any depth, and class-transformer leaves
 * out `toString` and its like, without a word. What is nested and has rules says `@Nested()`; a body with rules of its own
 * brings `read`. Throws `VALIDATION_FAILED`, or `METADATA_FORBIDDEN_KEY`.
 */
export const SentBody = <T extends object>(type: Type<T>, read: Reader<T> = (body) => readSent(type, body)) =>
  createParamDecorator(
    (_: unknown, context: ExecutionContext) => {
      const { body } = context.switchToHttp().getRequest<FastifyRequest>();
      const outcome = read(body);
      if ('errors' in outcome) throw refusal(outcome.errors);
      return outcome.dto;
    },
    [
      (target, method) =>
        ApiBody({ type })(target, method!, Object.getOwnPropertyDescriptor(target, method!)!),
    ],
  )();

/** A body as its type, or all that is wrong with it. */
export type Reader<T> = (body: unknown) => { dto: T } | { errors: FieldError[] };

/** A field that is an object of this type, or a list of them. */
export const Nested = (type: () => Type<object>) =>
  applyDecorators(ValidateNested(), (target: object, name: string | symbol | undefined) => {
    Reflect.defineMetadata(NESTED, { ...nestedOf(target), [String(name)]: type }, target);
  });

/** One value with the rules of `SentBody()`. */
export function readSent<T extends object>(
  type: Type<T>,
  value: unknown,
): { dto: T } | { errors: FieldError[] } {
  if (!isObject(value)) return { errors: [{ path: '', code: 'isObject', message: 'must be an object' }] };
  const dto = build(type, value) as T;
  const errors = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true });
  return errors.length === 0 ? { dto } : { errors: errors.flatMap((error) => fieldErrors(error)) };
}

function build(type: Type<object>, value: unknown): unknown {
  // class-validator looks into lists in lists, and finds nothing wrong with empty ones.
  if (Array.isArray(value)) return value.map((item) => (Array.isArray(item) ? null : build(type, item)));
  if (!isObject(value)) return value;
  const nested = nestedOf(type.prototype as object);
  // No field of ours is called `constructor` or `hasOwnProperty`: on the object they would hide its rules.
  const entries = Object.entries(value).filter(([name]) => !(name in Object.prototype));
  const fields = entries.map(([name, field]): [string, unknown] => [
    name,
    Object.hasOwn(nested, name) ? build(nested[name]!(), field) : field,
  ]);
  return Object.assign(new type(), Object.fromEntries(fields));
}

const nestedOf = (prototype: object): Nested =>
  (Reflect.getMetadata(NESTED, prototype) as Nested | undefined) ?? {};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
