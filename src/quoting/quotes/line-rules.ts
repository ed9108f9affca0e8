import { isUUID } from 'class-validator';
import { type FieldError, type Judge, judgeMetadata } from '../../http/index.js';
import { canonical, type Format, FORMATS, inWords } from '../../money/index.js';
import { LINE_DISCOUNTS } from '../pricing/pricing.types.js';
import { UNITS } from '../rate-cards/rate-cards.types.js';
import { TAX_CLASSES } from '../tax-rates/tax-rate-on.js';
import type { QuoteLineInputDto } from './quote-line-input.dto.js';
import { LINE_KINDS } from './quotes.types.js';

export const MAX_LINES = 1_000;
const MAX_SKU = 64;
const MAX_CODE = 64;
const MAX_DESCRIPTION = 4_000;
/** A body has room for thousands of faults. */
const MAX_REPORTED = 100;

/** What is wrong with a value that is there: a code, and words to be put behind the field's name. */
type Fault = readonly [code: string, words: string];
interface Rule {
  isNullable?: true;
  fault?: (value: unknown) => Fault | undefined;
  judge?: Judge;
}

const text = (maxLength: number) => (value: unknown) => {
  if (typeof value !== 'string') return ['isString', 'must be a string'] as const;
  if (value.length === 0 || (value.length > maxLength && [...value].length > maxLength))
    return ['isLength', `must be 1 to ${maxLength} characters long`] as const;
  if (value.includes('\0') || !value.isWellFormed())
    return ['isStorable', 'must not hold NUL characters or halves of surrogate pairs'] as const;
  return undefined;
};
const oneOf = (values: readonly string[]) => (value: unknown) =>
  values.includes(value as string)
    ? undefined
    : (['isIn', `must be one of the following values: ${values.join(', ')}`] as const);
const number = (format: Format) => (value: unknown) => {
  const { problem } = canonical(value, format);
  return problem && (['isDecimal', inWords(problem, format)] as const);
};
const quantity = (value: unknown) => {
  const fault = number(FORMATS.quantity)(value);
  return fault ?? (Number(value) > 0 ? undefined : (['isPositive', 'must be more than 0'] as const));
};
const uuid = (value: unknown) =>
  isUUID(value, 'loose') ? undefined : (['isUuid', 'must be a UUID'] as const);

/**
 * The rules of a line's fields. A table, since class-validator takes 90 ms for a thousand lines, which are priced in 8.
 * What these let pass, `QuoteLineInputDto` describes.
 */
const RULES: Record<keyof QuoteLineInputDto, Rule> = {
  kind: { fault: oneOf(LINE_KINDS) },
  sku: { isNullable: true, fault: text(MAX_SKU) },
  description: { fault: text(MAX_DESCRIPTION) },
  itemCode: { isNullable: true, fault: text(MAX_CODE) },
  serviceCategoryId: { isNullable: true, fault: uuid },
  quantity: { fault: quantity },
  unit: { fault: oneOf(UNITS) },
  unitPrice: { isNullable: true, fault: number(FORMATS.unitPrice) },
  unitCost: { isNullable: true, fault: number(FORMATS.unitPrice) },
  discountType: { isNullable: true, fault: oneOf(LINE_DISCOUNTS) },
  discountValue: { isNullable: true, fault: number(FORMATS.unitPrice) },
  taxClass: { fault: oneOf(TAX_CLASSES) },
  metadata: { judge: judgeMetadata },
};
const REQUIRED = ['description', 'quantity'] as const;

/** What is wrong with the lines of a body. */
export const judgeLines: Judge = (path, lines) => {
  if (!Array.isArray(lines)) return [{ path, code: 'isArray', message: `${path} must be an array` }];
  if (lines.length > MAX_LINES)
    return [{ path, code: 'arrayMaxSize', message: `${path} must be at most ${MAX_LINES} lines` }];
  const errors: FieldError[] = [];
  for (let at = 0; at < lines.length && errors.length < MAX_REPORTED; at++)
    errors.push(...judgeLine(`${path}.${at}.`, lines[at]));
  return errors;
};

/** What is wrong with one line; `isPart`: what is required may be absent. */
export function judgeLine(prefix: string, line: unknown, isPart = false): FieldError[] {
  if (typeof line !== 'object' || line === null || Array.isArray(line))
    return [{ path: prefix.slice(0, -1), code: 'isObject', message: `${prefix}must be an object` }];
  const errors: FieldError[] = [];
  for (const name of Object.keys(line)) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name as keyof typeof RULES] : undefined;
    const value = (line as Record<string, unknown>)[name];
    if (!rule) errors.push(errorAt(prefix + name, ['unknown', 'is not a known field']));
    else if (value !== undefined && !(value === null && rule.isNullable))
      errors.push(...faultsOf(rule, prefix + name, value));
  }
  if (!isPart)
    for (const name of REQUIRED)
      if (!Object.hasOwn(line, name)) errors.push(errorAt(prefix + name, ['required', 'is required']));
  return errors;
}

function faultsOf({ fault, judge }: Rule, path: string, value: unknown): FieldError[] {
  if (judge) return judge(path, value);
  const found = fault?.(value);
  return found ? [errorAt(path, found)] : [];
}

const errorAt = (path: string, [code, words]: Fault): FieldError => ({
  path,
  code,
  message: `${path} ${words}`,
});
