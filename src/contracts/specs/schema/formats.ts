import ajvFormats from 'ajv-formats';
import type { FormatName } from 'ajv-formats';

/** Longer than any text of these formats; longer ones are not looked at, so that no expression runs long. */
const MAX_LENGTH = 320;

/** Those with one meaning everywhere. The others are notes to people (JSON Schema 2020-12 validation, 7.2). */
const ENFORCED: readonly FormatName[] = ['date-time', 'date', 'uuid', 'ipv4', 'ipv6', 'email'];

const CHECKS = new Map<string, (text: string) => boolean>(
  ENFORCED.map((name) => {
    const format = ajvFormats.default.get(name, 'full');
    if (format instanceof RegExp) return [name, (text: string) => format.test(text)];
    if (typeof format === 'function') return [name, format];
    if (typeof format === 'object' && typeof format.validate === 'function') {
      return [name, format.validate as (text: string) => boolean];
    }
    throw new Error(`ajv-formats has no check for "${name}"`);
  }),
);

const INTEGERS: Record<string, [number, number]> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
};

/** Unknown formats hold. */
export function hasFormat(format: string, value: string | number): boolean {
  if (typeof value === 'number') {
    const range = Object.hasOwn(INTEGERS, format) ? INTEGERS[format] : undefined;
    return !range || (Number.isInteger(value) && value >= range[0] && value <= range[1]);
  }
  return value.length > MAX_LENGTH || (CHECKS.get(format)?.(value) ?? true);
}
