/**
 * How many bytes of the text of a `jsonb` value are this value's own: braces, separators, keys; not what its members
 * take. Counted as PostgreSQL writes it (a space after each comma and colon, numbers without an exponent), so that
 * both sides draw the limit at the same byte.
 */
export function shallowBytes(value: unknown): number {
  if (typeof value === 'number') return decimalLength(JSON.stringify(value));
  if (typeof value !== 'object' || value === null) return textBytes(value);
  const keys = Object.keys(value);
  const separators = 2 * Math.max(keys.length - 1, 0);
  const names = Array.isArray(value) ? 0 : keys.reduce((sum, key) => sum + textBytes(key) + ': '.length, 0);
  return '{}'.length + separators + names;
}

const textBytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value) ?? '');

/** Of `1.5e-7`, 9: PostgreSQL writes 0.00000015. */
function decimalLength(text: string): number {
  const [mantissa = '', exponent] = text.split('e');
  if (exponent === undefined) return text.length;
  const digits = mantissa.replace(/[-.]/g, '').length;
  const sign = mantissa.startsWith('-') ? 1 : 0;
  const power = Number(exponent);
  // Shortest notation has an exponent only where the point stands outside of the digits.
  return power > 0 ? sign + power + 1 : sign + '0.'.length - power - 1 + digits;
}
