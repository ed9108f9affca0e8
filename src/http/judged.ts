import { ValidateBy } from 'class-validator';
import type { FieldError } from './problem.js';

/** All that is wrong with a value; paths begin with the one it stands at. */
export type Judge = (path: string, value: unknown) => FieldError[];

const judges = new Map<string, Judge>();

/** A validator that names every fault within a value, where others have one message for all of it. Names are unique. */
export function JudgedBy(name: string, judge: Judge): PropertyDecorator {
  judges.set(name, judge);
  return ValidateBy({ name, validator: { validate: (value: unknown) => judge('', value).length === 0 } });
}

/** What is wrong with a value that one of these validators refused; undefined: the validator is another. */
export const judgedErrors = (validator: string, path: string, value: unknown): FieldError[] | undefined =>
  judges.get(validator)?.(path, value);
