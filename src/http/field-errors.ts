import type { ValidationError } from 'class-validator';
import { judgedErrors } from './judged.js';
import type { FieldError } from './problem.js';

/** What a request is made of, in the words of an error. */
export type Part = 'field' | 'query parameter';

/** Of a value that has the wrong type, length, range and format tell nothing more. */
const TYPES = ['isString', 'isInt', 'isNumber', 'isBoolean', 'isArray', 'isObject'];

/**
 * These say what one value is, and so that there must be one. A validator that compares fields bears another name, and
 * speaks for itself where its field is absent.
 */
const OF_A_VALUE = /^(is[A-Z]|matches$)/;

/** All that is wrong with a field and what is in it; one error where it is absent, unknown or of another type. */
export function fieldErrors(error: ValidationError, part: Part = 'field', parent = ''): FieldError[] {
  const path = parent + error.property;
  const children = error.children ?? [];
  return [
    ...ownErrors(error, path, part, children.length > 0),
    ...children.flatMap((child) => fieldErrors(child, part, `${path}.`)),
  ];
}

function ownErrors(
  { constraints = {}, value }: ValidationError,
  path: string,
  part: Part,
  hasChildren: boolean,
): FieldError[] {
  if ('whitelistValidation' in constraints)
    return [{ path, code: 'unknown', message: `${path} is not a known ${part}` }];
  const codes = Object.keys(constraints);
  // Nest takes the value away from errors with children.
  if (value === undefined && !hasChildren && codes.some((code) => OF_A_VALUE.test(code)))
    return [{ path, code: 'required', message: `${path} is required` }];
  const type = Array.isArray(value) ? undefined : TYPES.find((code) => code in constraints);
  return (type ? [type] : codes).flatMap(
    (code) => judgedErrors(code, path, value) ?? [{ path, code, message: constraints[code]! }],
  );
}
