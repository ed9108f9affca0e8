import { numeric } from 'drizzle-orm/pg-core';
import { type Decimal, decimal } from './decimal.js';

/** How many digits a kind of number has at most, and how many of them stand behind the point: its `numeric(d, p)`. */
export interface Format {
  digits: number;
  places: number;
}

export const FORMATS = {
  /** Money, in the quote's currency. */
  amount: { digits: 15, places: 2 },
  /** The price of one unit, and what a discount says: money or, of a percentage, the fraction. */
  unitPrice: { digits: 15, places: 4 },
  quantity: { digits: 10, places: 4 },
  /** Rates and percentages: 15 % is 0.1500. */
  fraction: { digits: 5, places: 4 },
  exchangeRate: { digits: 10, places: 6 },
} as const satisfies Record<string, Format>;

/** A column of that kind; read and written as text, never as a float. */
export const numericColumn = (name: string, { digits, places }: Format) =>
  numeric(name, { precision: digits, scale: places });

/** The greatest value that has the format. */
export function greatestOf(format: Format): Decimal {
  const known = greatest.get(format);
  if (known) return known;
  const { digits, places } = format;
  const made = decimal(`${'9'.repeat(digits - places)}.${'9'.repeat(places)}`);
  greatest.set(format, made);
  return made;
}
const greatest = new Map<Format, Decimal>();
