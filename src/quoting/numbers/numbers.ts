/** What is numbered. Customers are counted through, quotes anew each year. */
export const NUMBERED = ['customer', 'quote'] as const;
export type Numbered = (typeof NUMBERED)[number];

interface Numbering {
  prefix: string;
  isYearly: boolean;
}

const NUMBERINGS: Record<Numbered, Numbering> = {
  customer: { prefix: 'CUST', isYearly: false },
  quote: { prefix: 'Q', isYearly: true },
};

const DIGITS = 4;
/** The year of a counter that runs through; no quote is from it. */
const NO_YEAR = 0;

/** The year whose counter gives the next number. @param day in UTC, `2026-11-21` */
export const counterYear = (kind: Numbered, day: string): number =>
  NUMBERINGS[kind].isYearly ? Number(day.slice(0, 4)) : NO_YEAR;

/** `CUST-0001`, `Q-2026-0001`; after 9999 it gets longer. `value` is what the counter has come to. */
export function numberOf(kind: Numbered, year: number, value: number): string {
  const counted = String(value).padStart(DIGITS, '0');
  const { prefix, isYearly } = NUMBERINGS[kind];
  return isYearly ? `${prefix}-${year}-${counted}` : `${prefix}-${counted}`;
}
