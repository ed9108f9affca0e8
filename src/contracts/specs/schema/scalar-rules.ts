import { type Json, sortedJson } from '../../interactions/canonical.js';
import { type SchemaObject, isObject } from './dialect.js';
import type { Evaluation } from './evaluation.js';
import { hasFormat } from './formats.js';

const MAX_SHOWN = 200;
const MAX_SHOWN_ITEMS = 20;
const ROUNDING = 1e-8;

/** `type`, `enum`, `const`, and the rules for numbers and texts. */
export function scalarRules(
  schema: SchemaObject,
  value: unknown,
  path: string,
  evaluation: Evaluation,
): void {
  typeRule(schema, value, path, evaluation);
  enumRule(schema, value, path, evaluation);
  if (typeof value === 'number') numberRules(schema, value, path, evaluation);
  if (typeof value === 'string') stringRules(schema, value, path, evaluation);
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const { format } = schema;
  if (typeof format === 'string' && !hasFormat(format, value))
    evaluation.findings.add(path, 'format', `must match format "${format}"`);
}

function typeRule(
  { type }: SchemaObject,
  value: unknown,
  path: string,
  { budget, findings }: Evaluation,
): void {
  if (type === undefined) return;
  const types = (Array.isArray(type) ? type : [type]) as unknown[];
  budget.spend(types.length);
  if (types.some((name) => isOfType(name, value))) return;
  findings.add(path, 'type', `must be ${types.join(' or ')}`);
}

export function isOfType(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

function enumRule(schema: SchemaObject, value: unknown, path: string, evaluation: Evaluation): void {
  const { findings } = evaluation;
  const allowed = schema['enum'];
  if (Array.isArray(allowed) && !isAmong(allowed, value, evaluation))
    findings.add(path, 'enum', `must be one of ${shown(allowed)}`);
  const isConst = Object.hasOwn(schema, 'const') && evaluation.dialect === '3.1';
  if (isConst && !isAmong([schema['const']], value, evaluation))
    findings.add(path, 'const', `must be ${shown(schema['const'])}`);
}

function isAmong(allowed: unknown[], value: unknown, { budget }: Evaluation): boolean {
  budget.spend(allowed.length);
  if (typeof value !== 'object' || value === null) return allowed.includes(value);
  return allowed.some((candidate) => areEqual(candidate, value, budget));
}

/** At the cost of `value`, however large the other is. */
function areEqual(candidate: unknown, value: unknown, budget: Evaluation['budget']): boolean {
  budget.spend(1);
  if (!isObject(value) && !Array.isArray(value)) return candidate === value;
  if (Array.isArray(value) !== Array.isArray(candidate)) return false;
  if (typeof candidate !== 'object' || candidate === null) return false;
  const names = Object.keys(value);
  budget.spend(names.length);
  const [others, own] = [candidate, value] as Record<string, unknown>[];
  return (
    names.every((name) => Object.hasOwn(others!, name) && areEqual(others![name], own![name], budget)) &&
    sizeOf(candidate) === names.length
  );
}

const sizes = new WeakMap<object, number>();

/** Counted once: a description is asked again and again. */
function sizeOf(value: object): number {
  const size = sizes.get(value) ?? Object.keys(value).length;
  sizes.set(value, size);
  return size;
}

/** Equal values, equal text. */
export function textOf(value: unknown, budget: Evaluation['budget']): string {
  const text = sortedJson(value as Json);
  budget.spend(text.length);
  return text;
}

/** The beginning of it as JSON, without writing all of a large value first. */
function shown(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.slice(0, MAX_SHOWN_ITEMS).map(shown).join(',')}]`.slice(0, MAX_SHOWN);
  if (isObject(value)) return '{...}';
  return JSON.stringify(typeof value === 'string' ? value.slice(0, MAX_SHOWN) : value).slice(0, MAX_SHOWN);
}

function numberRules(schema: SchemaObject, value: number, path: string, { findings }: Evaluation): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  // In 3.0 `exclusiveMinimum: true` sharpens `minimum`, in 3.1 it is a number of its own.
  if (typeof minimum === 'number' && (exclusiveMinimum === true ? value <= minimum : value < minimum))
    findings.add(path, 'minimum', `must be ${exclusiveMinimum === true ? '>' : '>='} ${minimum}`);
  if (typeof maximum === 'number' && (exclusiveMaximum === true ? value >= maximum : value > maximum))
    findings.add(path, 'maximum', `must be ${exclusiveMaximum === true ? '<' : '<='} ${maximum}`);
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    findings.add(path, 'exclusiveMinimum', `must be > ${exclusiveMinimum}`);
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    findings.add(path, 'exclusiveMaximum', `must be < ${exclusiveMaximum}`);
  if (typeof multipleOf === 'number' && multipleOf > 0 && !isMultiple(value / multipleOf))
    findings.add(path, 'multipleOf', `must be a multiple of ${multipleOf}`);
}

const isMultiple = (quotient: number) =>
  Number.isInteger(quotient) || Math.abs(quotient - Math.round(quotient)) < ROUNDING;

function stringRules(schema: SchemaObject, value: string, path: string, evaluation: Evaluation): void {
  const { findings, patterns, budget } = evaluation;
  const { minLength, maxLength, pattern } = schema;
  budget.spend(value.length >> 4);
  const length = typeof minLength === 'number' || typeof maxLength === 'number' ? lengthOf(value) : 0;
  if (typeof minLength === 'number' && length < minLength)
    findings.add(path, 'minLength', `must not be shorter than ${minLength} characters`);
  if (typeof maxLength === 'number' && length > maxLength)
    findings.add(path, 'maxLength', `must not be longer than ${maxLength} characters`);
  if (typeof pattern === 'string' && !patterns.matches(pattern, value, budget))
    findings.add(path, 'pattern', `must match pattern "${pattern.slice(0, MAX_SHOWN)}"`);
}

/** In characters, of which some take two of a string's places. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
