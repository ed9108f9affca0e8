import type { Decimal } from './decimal.js';
import { DecimalError } from './decimal-error.js';
import { type Format, greatestOf } from './formats.js';

/** The text that PostgreSQL has for it, `"6000.00"`. Throws `DecimalError` where the column could not hold the value. */
export function toText(value: Decimal, format: Format): string {
  if (value.abs().gt(greatestOf(format))) throw new DecimalError('DECIMAL_RANGE', format);
  if (!value.eq(value.round(format.places))) throw new DecimalError('DECIMAL_PLACES', format);
  return value.toFixed(format.places);
}
